// The `skyline` program: reads the command line and runs one verb.
#pragma once

namespace skyline::app {

// Exit code 0 (done), 1 (failed, one sentence on stderr) or 2 (wrong usage). Ctrl+C and SIGTERM ask the running verb to stop; a second one
// ends the program at once. Nothing is thrown.
int run_program(int argc, const char* const* argv);

}  // namespace skyline::app
