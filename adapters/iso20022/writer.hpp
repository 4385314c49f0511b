#pragma once
// Writes XML by hand, so that the same calls give the same bytes for ever: UTF-8, two spaces for
// each level, LF, one element a line. Texts must be legal characters (characters.hpp). One thread.

#include <string>
#include <string_view>
#include <vector>

namespace wasl::iso20022 {

class Writer {
 public:
  // The first element, closed by finish().
  Writer(std::string_view name, std::string_view name_space);

  void leaf(std::string_view name, std::string_view text);
  // A leaf that is the only child of another element.
  void leaf_within(std::string_view outer, std::string_view name, std::string_view text);
  // With the attribute Ccy.
  void amount(std::string_view name, std::string_view text, std::string_view currency);
  [[nodiscard]] std::string finish() &&;

 private:
  friend class OpenElement;

  void open(std::string_view name);
  void close();
  void indent();
  void escaped(std::string_view text);

  std::string text_;
  std::vector<std::string_view> open_;
};

// Open as long as it lives; what is written meanwhile is its content.
class OpenElement {
 public:
  OpenElement(Writer& out, std::string_view name) : out_(out) { out_.open(name); }
  ~OpenElement() { out_.close(); }
  OpenElement(const OpenElement&) = delete;
  OpenElement& operator=(const OpenElement&) = delete;

 private:
  Writer& out_;
};

}  // namespace wasl::iso20022
