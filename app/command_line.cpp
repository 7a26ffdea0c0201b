#include "app/command_line.h"

#include "core/log.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace skyline::app {
namespace {

std::string help_of(const core::Parameter& parameter) {
  std::string help = parameter.info.help;
  if (!parameter.info.unit.empty()) help += " (" + parameter.info.unit + ")";
  if (!parameter.info.choices.empty()) help += fmt::format(": {}", fmt::join(parameter.info.choices, " | "));
  return help;
}

std::string type_of(const core::Parameter& parameter) {
  if (std::holds_alternative<bool*>(parameter.target)) return "true|false";
  if (std::holds_alternative<std::string*>(parameter.target)) return "WORD";
  const bool whole = std::holds_alternative<int*>(parameter.target) || std::holds_alternative<std::int64_t*>(parameter.target);
  return whole ? "N" : "NUMBER";
}

bool read_pair(const std::string& text, int& first, int& second) {
  const char* const end = text.data() + text.size();
  const auto [middle, first_code] = std::from_chars(text.data(), end, first);
  if (first_code != std::errc() || middle == end || *middle != 'x') return false;
  const auto [last, second_code] = std::from_chars(middle + 1, end, second);
  return second_code == std::errc() && last == end && first > 0 && second > 0;
}

}  // namespace

Verb group_of(CLI::App& command, std::vector<Verb> verbs) {
  command.require_subcommand(1);
  return {&command, [verbs = std::move(verbs)](const core::StopToken& stop) -> core::Result<int> {
            for (const Verb& verb : verbs) {
              if (verb.command->parsed()) return verb.run(stop);
            }
            return kExitUsage;
          }};
}

void add_report_options(CLI::App& command, CommonOptions& options) {
  command.add_flag("--json", options.json, "print one JSON object on stdout");
  command.add_flag("--quiet", options.quiet, "no progress and no notes");
}

void add_compute_options(CLI::App& command, CommonOptions& options) {
  command.add_option("--threads", options.threads, "threads to use; 0 = all cores")->type_name("N")->check(CLI::Range(0, 4096));
  command.add_option("--backend", options.backend, "where to compute: auto | cpu | cuda")
      ->type_name("WORD")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
}

void add_parameters(CLI::App& command, core::ParameterSet& parameters, const std::string& group,
                    std::initializer_list<std::string_view> skip) {
  for (const core::Parameter& parameter : parameters.all()) {
    if (std::find(skip.begin(), skip.end(), parameter.name) != skip.end()) continue;
    const std::string name = parameter.name;
    command
        .add_option_function<std::string>(
            "--" + name,
            [&parameters, name](const std::string& text) {
              const core::Status set = parameters.set(name, text);
              if (!set) throw CLI::ValidationError("--" + name, set.error().where + "; " + set.error().advice);
            },
            help_of(parameter))
        ->type_name(type_of(parameter))
        ->default_str(parameter.default_text)
        ->group(group);
  }
}

void add_pair(CLI::App& command, const std::string& name, int& first, int& second, const std::string& type, const std::string& help) {
  command
      .add_option_function<std::string>(
          name,
          [&first, &second, name, type](const std::string& text) {
            if (!read_pair(text, first, second)) {
              throw CLI::ValidationError(name, fmt::format("\"{}\" is not {}; give two whole numbers above 0", text, type));
            }
          },
          help)
      ->type_name(type);
}

core::Status check_backend(const std::string& backend) {
  if (backend != "cuda") return {};
  return core::Error{"the CUDA back end is not part of this build", "--backend cuda", "use --backend cpu"};
}

void apply_log_level(const CommonOptions& options) { core::set_log_level(options.quiet ? core::LogLevel::kOff : core::LogLevel::kInfo); }

void print_line(std::string_view text) { std::fprintf(stdout, "%.*s\n", static_cast<int>(text.size()), text.data()); }

void print_error(std::string_view sentence) {
  std::string line(sentence);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::fprintf(stderr, "skyline: %s\n", line.c_str());
}

core::Status check_output_file(const std::filesystem::path& path) {
  std::error_code code;
  if (path.filename().empty() || std::filesystem::is_directory(path, code)) {
    return core::Error{"the output is a folder", path.string(), "give the name of a file"};
  }
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, code)) {
    return core::Error{"the output's folder does not exist", folder.string(), "make it first or choose another"};
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return core::Error{"the output's folder cannot be written to", folder.string(), "choose another folder or change its permissions"};
  }
  return {};
}

core::Status make_output_folder(const std::filesystem::path& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (!std::filesystem::is_directory(path, code)) {
    return core::Error{"the output folder cannot be made", path.string(), "choose another"};
  }
  if (access(path.c_str(), W_OK | X_OK) != 0) {
    return core::Error{"the output folder cannot be written to", path.string(), "choose another or change its permissions"};
  }
  return {};
}

std::string bytes_text(double bytes) {
  constexpr std::array kUnits{"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  while (bytes >= 1024 && unit + 1 < kUnits.size()) {
    bytes /= 1024;
    ++unit;
  }
  return unit == 0 ? fmt::format("{:.0f} {}", bytes, kUnits[unit]) : fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

}  // namespace skyline::app
