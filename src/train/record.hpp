#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "evaluate/program.hpp"
#include "files/safetensors_writer.hpp"
#include "files/value.hpp"
#include "kernel/kernel.hpp"
#include "notation/syntax.hpp"

/// What a trained file says of its origin. It is read to warn about stale files and to leave alone what is up to date;
/// no verdict rests on it.
namespace assay::train {

/// Digests of a `train` statement together with the definitions and the contents of the files it uses.
struct StatementDigests {
  std::string full;   ///< of all of it
  std::string start;  ///< without `steps`, `until` and `save`: what an interrupted training must agree with to go on
};
/// @throws InputError if a file that the statement uses is missing.
[[nodiscard]] StatementDigests digests_of(const notation::Train& training, const evaluate::Program& program,
                                          kernel::FileDigests& files);

/// The `__metadata__` of a trained file.
struct Record {
  std::string training;      ///< name of the statement
  std::string statement;     ///< as the notation prints it
  std::string digest;        ///< StatementDigests::full
  std::string optimizer;     ///< "adamw", …
  std::string seeds;         ///< JSON: {"init": 1, "batch": 1}, those that were used
  std::uint64_t steps = 0;   ///< updates that the weights have seen
  std::uint64_t wanted = 0;  ///< updates that were asked for
  std::uint64_t stated = 0;  ///< updates that the statement asks for; others are wanted with --steps
  std::string end;           ///< name_of(End)
  double loss = 0;           ///< over all instances; after an interruption or divergence the last that is known
  std::string loss_curve;    ///< JSON: [[step, loss], …]
  unsigned threads = 1;
};

/// Texts named "assay.…", the version of Assay and the SHA-256 of the statement's text among them.
[[nodiscard]] files::Metadata to_metadata(const Record& record);

/// The part of a record that tells whether a file is what its statement asks for.
struct Origin {
  std::string digest;
  std::string end;
  std::uint64_t steps = 0;
  std::uint64_t wanted = 0;
  std::uint64_t stated = 0;
};
/// Of a file that was read; nothing if it records none.
[[nodiscard]] std::optional<Origin> origin_of(const files::FileValue& content);

/// Why a file with this origin is not what the statement of this digest asks for, as a phrase; "" if it is.
/// @param wanted  the number of updates asked for, if it is not the statement's.
[[nodiscard]] std::string staleness(const std::optional<Origin>& origin, const std::string& digest,
                                    std::optional<std::uint64_t> wanted = std::nullopt);

/// The shortest decimal that reads back as x.
[[nodiscard]] std::string shortest_decimal(double x);

}  // namespace assay::train
