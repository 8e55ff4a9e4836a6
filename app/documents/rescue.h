// A rescued session is work that was not saved when Backstep was terminated, by a
// logout for example: a session file in the settings folder, offered at the next start.
#pragma once

#include <filesystem>
#include <vector>

#include "app/documents/document.h"

namespace backstep {

struct Rescued {
  Document document;
  std::filesystem::path path;  // the file it was opened from or saved to; may be empty
};

// A name for a file of this process that does not exist yet.
std::filesystem::path new_rescue_file();

// All rescue files that exist, the newest first. Never throws.
std::vector<std::filesystem::path> rescue_files();

// Both throw FileError.
void write_rescued(const std::filesystem::path& file, Rescued rescued);
Rescued read_rescued(const std::filesystem::path& file);

}  // namespace backstep
