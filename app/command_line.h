// What all verbs share: options that are the same everywhere, registered parameters as options, and the way a verb reports.
#pragma once

#include "core/image.h"
#include "core/parameters.h"
#include "core/progress.h"
#include "core/result.h"

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace skyline::app {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

// A verb returns its exit code, or the error that ends it with kExitFailed.
using RunVerb = std::function<core::Result<int>(const core::StopToken& stop)>;

struct Verb {
  CLI::App* command = nullptr;
  RunVerb run;
};

// The verb `command` whose sub-verbs are `verbs`: runs the one that was named.
Verb group_of(CLI::App& command, std::vector<Verb> verbs);

struct CommonOptions {
  bool quiet = false;
  bool json = false;
  int threads = 0;
  std::string backend = "auto";
};

// --quiet and --json.
void add_report_options(CLI::App& command, CommonOptions& options);
// --threads and --backend.
void add_compute_options(CLI::App& command, CommonOptions& options);
// One option a parameter, in the help's group `group`; names in `skip` are left out.
void add_parameters(CLI::App& command, core::ParameterSet& parameters, const std::string& group,
                    std::initializer_list<std::string_view> skip = {});
// "320x180" or "4x2"; a wrong text is wrong usage.
void add_pair(CLI::App& command, const std::string& name, int& first, int& second, const std::string& type, const std::string& help);

// Errors: --backend names one that this build does not have.
core::Status check_backend(const std::string& backend);
// Sets what is logged. Warnings are for people: they are silent with --quiet and on with --json (stderr).
void apply_log_level(const CommonOptions& options);

// One line on stdout.
void print_line(std::string_view text);
// One sentence on stderr, as one line: "skyline: ...".
void print_error(std::string_view sentence);

// The folder that a file will be written to exists and is writable, and `path` is not a folder.
core::Status check_output_file(const std::filesystem::path& path);
// The folder exists or can be made.
core::Status make_output_folder(const std::filesystem::path& path);

// "1.5 GiB".
std::string bytes_text(double bytes);

}  // namespace skyline::app
