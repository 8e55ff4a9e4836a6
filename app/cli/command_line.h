// The command line: reads what was typed after `backstep`, hands it to the
// command that was named, and turns every mistake into one line on standard
// error.
#pragma once

namespace backstep {

// Exit codes: 0 done, 1 a check failed, 2 a mistake in what was given.
int run_command_line(int argc, const char* const* argv);

}  // namespace backstep
