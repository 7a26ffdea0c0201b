// Errors as values.
//
// Every fallible function of Skyline returns Result<T>. An Error is one sentence in three parts: what failed, on which input,
// and what the person can do next. Exceptions do not cross a module; third-party exceptions are caught where they are thrown.
//
//   Result<Image> image = load_image(path);
//   if (!image) return image.error();
//   use(*image);
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace skyline::core {

// One failure, told to a person. `what` names the failed operation, `where` the input (file, frame, option), `advice` the next step.
struct Error {
  std::string what{};
  std::string where{};
  std::string advice{};
  bool stopped = false;  // the work ended because its stop token was set, not because something is wrong

  // "what: where; advice" as one sentence without a final line break. Empty parts are left out.
  std::string message() const;
};

// Ends the program with `message` on stderr: for programming errors only, never for bad input.
[[noreturn]] void end_program(std::string_view message);

// A value or an Error. Reading the value of a failed result is a programming error and ends the program.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor): returned values convert
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    check();
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    check();
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    check();
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const {
    if (ok()) end_program("the error of a successful result was read");
    return *std::get_if<1>(&state_);
  }

 private:
  void check() const {
    if (!ok()) end_program("the value of a failed result was read: " + error().message());
  }
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    if (ok()) end_program("the error of a successful result was read");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace skyline::core
