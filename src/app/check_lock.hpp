#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/check_claim.hpp"
#include "app/note_paths.hpp"

namespace assay::app {

/// The locks of the documents that are checked. A document belongs to the nearest `assay.lock` in its folder or one
/// above; where there is none, `assay lock` makes one in the folder that was given on the command line, or in the
/// document's.
class Locks {
 public:
  /// Reads them. @throws InputError for an ill-formed lock; if it is to be held against, for a missing one.
  Locks(const CheckOptions& options, const std::vector<NotePath>& notes);

  /// Adds to the result in what it differs from the lock; if the lock is to be written, only what is an alarm. Keeps
  /// what is to be locked.
  void add(CheckedClaim& checked);
  /// The claims that the locks know and the documents do not have: of the documents that are checked, and of those that
  /// are not there any more in the folders that were given.
  [[nodiscard]] std::vector<report::ClaimResult> gone() const;
  /// Writes the locks of which something changed, and prints what. @throws InputError if that is not possible.
  void write() const;

 private:
  struct File {
    std::string path;
    bool exists = false;
    regression::Lock before;
    std::map<std::string, regression::LockedNote> now;  ///< of the documents that are checked
    std::set<std::pair<std::string, std::string>> met;  ///< (document, id) of the claims that are checked
    std::vector<std::string> folders;                   ///< given on the command line, relative to the lock's folder
  };
  /// Where a document stands in a lock.
  struct Place {
    std::size_t file;
    std::string name;  ///< relative to the lock's folder
  };

  void place(const NotePath& note);
  [[nodiscard]] bool is_gone(const File& file, const std::string& note) const;
  [[nodiscard]] regression::Lock after(const File& file) const;

  const CheckOptions& options_;
  std::vector<File> files_;
  std::map<std::string, Place> places_;  ///< by path of the document
};

}  // namespace assay::app
