#pragma once

namespace assay {

/// Makes the allocator keep the pages of large blocks instead of giving them back to the system each time: blocks of
/// lanes come and go by the megabyte, and a page fault costs more than the arithmetic on the page. For programs to call
/// first; a library must not. Does nothing where the C library has no such setting.
void keep_pages() noexcept;

}  // namespace assay
