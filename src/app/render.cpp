#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "app/rendered_tables.hpp"
#include "base/error.hpp"
#include "files/write_file.hpp"

namespace assay::app {

namespace {

/// The text of the note with the tables as they should be; all else is as it was, byte for byte.
std::string updated(const Note& note, const std::vector<Rendering>& renderings) {
  const std::string_view text = note.document->text->content();
  std::string out;
  std::size_t done = 0;
  for (const Rendering& rendering : renderings) {
    out += text.substr(done, rendering.place.content.begin - done);
    out += rendering.content;
    done = rendering.place.content.end;
  }
  return out + std::string(text.substr(done));
}

int render_one(const std::string& path, const RenderOptions& options, DataFiles& data) {
  if (std::filesystem::path(path).extension() == ".assay")
    throw InputError(path + " is no Markdown document, so it has no place for rendered tables");
  const Note note = open_note(path, data);
  const std::vector<Rendering> renderings = renderings_of(note, data, options.limits, options.jobs);
  if (renderings.empty() && (options.in_place || options.check)) {
    fmt::print(stderr,
               "error: {} shows no table\n  A table NAME is shown between the lines\n"
               "  <!-- assay table NAME -->\n  <!-- /assay table NAME -->\n",
               path);
    return exit_nothing;
  }
  std::size_t stale = 0;
  for (const Rendering& rendering : renderings) {
    if (!rendering.is_stale) continue;
    ++stale;
    if (options.check) fmt::print("{}\n", rendering.complaint);
  }
  if (options.check) {
    fmt::print("{}: {} rendered table{}, {} stale\n", path, renderings.size(), renderings.size() == 1 ? "" : "s",
               stale);
    return stale == 0 ? exit_ok : exit_unexpected;
  }
  if (!options.in_place) {
    fmt::print("{}", updated(note, renderings));
    return exit_ok;
  }
  if (stale > 0) files::write_file(path, updated(note, renderings));
  fmt::print("{}: {} of {} table{} updated\n", path, stale, renderings.size(), renderings.size() == 1 ? "" : "s");
  return exit_ok;
}

}  // namespace

int render(const RenderOptions& options) {
  if (options.documents.size() > 1 && !options.in_place && !options.check)
    throw InputError("several documents can be rendered in place only", "Add --in-place, or --check.");
  DataFiles data(options.data);
  int code = exit_ok;
  for (const std::string& path : options.documents) {
    const int own = render_one(path, options, data);
    if (code == exit_ok) code = own;
  }
  return code;
}

}  // namespace assay::app
