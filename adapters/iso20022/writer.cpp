#include "iso20022/writer.hpp"

#include <utility>

#include "core/assert.hpp"

namespace wasl::iso20022 {
namespace {

constexpr std::size_t kIndent = 2;

// All that must be escaped between tags; quotes need it in attributes only.
std::string_view reference_to(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    default:
      return {};
  }
}

}  // namespace

Writer::Writer(std::string_view name, std::string_view name_space)
    : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<") {
  text_.append(name).append(" xmlns=\"").append(name_space).append("\">\n");
  open_.push_back(name);
}

void Writer::open(std::string_view name) {
  indent();
  text_.append("<").append(name).append(">\n");
  open_.push_back(name);
}

void Writer::close() {
  WASL_ASSERT(!open_.empty());
  const std::string_view name = open_.back();
  open_.pop_back();
  indent();
  text_.append("</").append(name).append(">\n");
}

void Writer::leaf(std::string_view name, std::string_view text) {
  indent();
  text_.append("<").append(name).append(">");
  escaped(text);
  text_.append("</").append(name).append(">\n");
}

void Writer::leaf_within(std::string_view outer, std::string_view name, std::string_view text) {
  open(outer);
  leaf(name, text);
  close();
}

void Writer::amount(std::string_view name, std::string_view text, std::string_view currency) {
  indent();
  text_.append("<").append(name).append(" Ccy=\"").append(currency).append("\">");
  text_.append(text).append("</").append(name).append(">\n");
}

std::string Writer::finish() && {
  WASL_ASSERT(open_.size() == 1);
  close();
  return std::move(text_);
}

void Writer::indent() { text_.append(kIndent * open_.size(), ' '); }

void Writer::escaped(std::string_view text) {
  for (const char c : text) {
    const std::string_view reference = reference_to(c);
    if (reference.empty()) {
      text_.push_back(c);
    } else {
      text_.append(reference);
    }
  }
}

}  // namespace wasl::iso20022
