#include "iso20022/document.hpp"

#include <libxml/parser.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/assert.hpp"
#include "iso20022/characters.hpp"

namespace wasl::iso20022 {

using core::Errc;

namespace {

// Entities are not put in place, nothing is loaded, no limit of libxml2's own is lifted.
constexpr int kOptions =
    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC;
// Read at once. Larger pieces measured no faster.
constexpr std::size_t kPieceBytes = 64 * 1024;
// What an event holds of each attribute: name, prefix, namespace, value, the value's end.
constexpr std::size_t kAttributePointers = 5;
// And of each namespace that an element declares: prefix, namespace.
constexpr std::size_t kNamespacePointers = 2;

std::size_t to_size(int count) { return static_cast<std::size_t>(count); }

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

core::Error on_line(std::size_t line, Errc code, std::string_view what) {
  return {code, "line " + std::to_string(line) + ": " + std::string(what)};
}

core::Error at_byte(std::string_view file, std::size_t offset, Errc code, std::string_view what) {
  const auto before = std::ranges::count(file.substr(0, offset), '\n');
  return on_line(static_cast<std::size_t>(before) + 1, code, what);
}

// What libxml2 shall never see. After it the parser finds UTF-8 wherever it looks: other encodings
// that it would recognise hold bytes that are refused here. A DOCTYPE is one even in a comment.
core::Result<void> check_bytes(std::string_view file) {
  const std::size_t legal = legal_bytes(file);
  if (legal < file.size()) {
    return std::unexpected(at_byte(file, legal, Errc::kMalformed,
                                   "a byte that is no part of a character of XML in UTF-8"));
  }
  const std::size_t document_type = file.find("<!DOCTYPE");
  if (document_type != std::string_view::npos) {
    return std::unexpected(
        at_byte(file, document_type, Errc::kMalformed, "a document type declaration (DOCTYPE)"));
  }
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t next = std::min(file.find('<', at), file.size());
    if (next - at > kGapBytesMax) {
      return std::unexpected(
          at_byte(file, at, Errc::kLimit,
                  "a tag and its text of more than " + std::to_string(kGapBytesMax) + " bytes"));
    }
    at = next + 1;
  }
  return {};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

// Takes the parser's events into a document, up to the first thing that is wrong.
class Collector {
 public:
  void start(const xmlChar* name, const xmlChar* name_space, std::span<const xmlChar*> attributes) {
    auto& elements = document_.elements_;
    if (!is_blank(text_)) return fail(Errc::kMalformed, "text between elements");
    text_.clear();
    if (elements.size() == kElementsMax) return fail_limit(kElementsMax, "elements");
    if (open_.size() == kDepthMax) return fail_limit(kDepthMax, "elements within each other");
    Element element;
    element.name = known(name);
    element.currency = currency_of(attributes);
    element.line = line();
    element.depth = static_cast<std::uint16_t>(open_.size());
    if (elements.empty()) document_.name_space_ = known(name_space);
    element.foreign = known(name_space) != document_.name_space_;
    open_.push_back(elements.size());
    elements.push_back(element);
  }

  void end() {
    auto& elements = document_.elements_;
    const bool has_children = open_.back() + 1 < elements.size();
    if (!has_children) {
      elements.back().text = document_.keep(text_);
    } else if (!is_blank(text_)) {
      return fail(Errc::kMalformed, "text between elements");
    }
    text_.clear();
    open_.pop_back();
  }

  void text(std::string_view more) {
    if (text_.size() + more.size() > kTextBytesMax) {
      return fail_limit(kTextBytesMax, "bytes of text");
    }
    text_ += more;
  }

  // The parser gives the same name at the same address, always.
  std::string_view known(const xmlChar* name) {
    const auto [known, added] = names_.try_emplace(name);
    if (added) known->second = document_.keep(view(name));
    if (names_.size() > kNamesMax) fail_limit(kNamesMax, "names");
    return known->second;
  }

  void fail(Errc code, std::string_view what) {
    if (!error_) error_ = on_line(line(), code, what);
  }

  void fail_limit(std::size_t max, std::string_view what) {
    fail(Errc::kLimit, "more than " + std::to_string(max) + ' ' + std::string(what));
  }

  void attach(const xmlParserCtxt* parser) { parser_ = parser; }
  [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }
  [[nodiscard]] bool complete() const { return open_.empty() && !document_.elements_.empty(); }
  [[nodiscard]] Document take() {
    WASL_ASSERT(complete());
    return std::move(document_);
  }

 private:
  [[nodiscard]] std::uint32_t line() const {
    const xmlParserInput* input = parser_->input;
    return input == nullptr ? 0 : static_cast<std::uint32_t>(input->line);
  }

  [[nodiscard]] std::string_view currency_of(std::span<const xmlChar*> attributes) {
    std::string_view currency;
    for (; !attributes.empty(); attributes = attributes.subspan(kAttributePointers)) {
      if (known(attributes[0]) != "Ccy" || attributes[2] != nullptr) continue;
      const auto bytes = static_cast<std::size_t>(attributes[4] - attributes[3]);
      currency = document_.keep({reinterpret_cast<const char*>(attributes[3]), bytes});
    }
    return currency;
  }

  const xmlParserCtxt* parser_ = nullptr;
  Document document_;
  std::unordered_map<const xmlChar*, std::string_view> names_;
  std::vector<std::size_t> open_;  // Indices of the elements that are not closed yet.
  std::string text_;               // Since the last tag.
  std::optional<core::Error> error_;
};

namespace {

// nullptr once something is wrong: the parser goes on to the end of its piece.
Collector* listening(void* context) {
  auto* collector = static_cast<Collector*>(context);
  return collector->error() ? nullptr : collector;
}

// NOLINTNEXTLINE(readability-function-size): libxml2 gives the parameters.
void on_start(void* context, const xmlChar* name, const xmlChar* /*prefix*/, const xmlChar* uri,
              int namespaces_count, const xmlChar** namespaces, int attributes_count,
              int /*defaulted_count*/, const xmlChar** attributes) {
  Collector* to = listening(context);
  if (to == nullptr) return;
  const std::span declared(namespaces, kNamespacePointers * to_size(namespaces_count));
  const std::span given(attributes, kAttributePointers * to_size(attributes_count));
  if (std::max(to_size(namespaces_count), to_size(attributes_count)) > kAttributesMax) {
    return to->fail_limit(kAttributesMax, "attributes or namespaces");
  }
  for (const xmlChar* each : declared) (void)to->known(each);
  to->start(name, uri, given);
}

void on_end(void* context, const xmlChar* /*name*/, const xmlChar* /*prefix*/,
            const xmlChar* /*uri*/) {
  if (Collector* to = listening(context)) to->end();
}

void on_text(void* context, const xmlChar* text, int bytes) {
  if (Collector* to = listening(context)) {
    to->text({reinterpret_cast<const char*>(text), to_size(bytes)});
  }
}

// Says nothing to us, but its name stays in the parser.
void on_instruction(void* context, const xmlChar* target, const xmlChar* /*data*/) {
  if (Collector* to = listening(context)) (void)to->known(target);
}

xmlSAXHandler handler() {
  xmlSAXHandler to{};
  to.initialized = XML_SAX2_MAGIC;
  to.startElementNs = on_start;
  to.endElementNs = on_end;
  to.characters = on_text;
  to.ignorableWhitespace = on_text;
  to.processingInstruction = on_instruction;
  return to;
}

struct FreeParser {
  void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

// Once in the process, before threads could meet in libxml2's own start.
void start_libxml2() {
  static const bool kStarted = [] {
    xmlInitParser();
    return true;
  }();
  WASL_ASSERT(kStarted);
}

// The parser's words may hold the file's: only its number is told.
core::Error not_well_formed(xmlParserCtxt* parser) {
  const xmlError* last = xmlCtxtGetLastError(parser);
  if (last == nullptr) return {Errc::kMalformed, "not well-formed XML"};
  return on_line(static_cast<std::size_t>(last->line), Errc::kMalformed,
                 "not well-formed XML (libxml2 error " + std::to_string(last->code) + ')');
}

// In pieces, so that what is wrong ends the reading soon behind it. xmlStopParser is no way to do
// so: called from an event, it frees the input that the parser is reading.
core::Result<void> feed(xmlParserCtxt* parser, std::string_view file, const Collector& collector) {
  for (bool more = true; more;) {
    const std::string_view piece = file.substr(0, kPieceBytes);
    file.remove_prefix(piece.size());
    more = !file.empty();
    const int result = xmlParseChunk(parser, piece.data(), static_cast<int>(piece.size()), !more);
    if (collector.error()) return std::unexpected(*collector.error());
    if (result != XML_ERR_OK || parser->nsWellFormed != 1) {
      return std::unexpected(not_well_formed(parser));
    }
  }
  return {};
}

}  // namespace

core::Result<Document> Document::parse(std::string_view file, std::size_t file_bytes_max) {
  if (file.size() > file_bytes_max) {
    return core::fail(Errc::kLimit,
                      "the file has more than " + std::to_string(file_bytes_max) + " bytes");
  }
  const auto checked = check_bytes(file);
  if (!checked) return std::unexpected(checked.error());
  start_libxml2();
  Collector collector;
  xmlSAXHandler events = handler();
  const std::unique_ptr<xmlParserCtxt, FreeParser> parser(
      xmlCreatePushParserCtxt(&events, &collector, nullptr, 0, nullptr));
  WASL_ASSERT(parser != nullptr);
  xmlCtxtUseOptions(parser.get(), kOptions);
  collector.attach(parser.get());
  const auto fed = feed(parser.get(), file, collector);
  if (!fed) return std::unexpected(fed.error());
  if (!collector.complete()) return std::unexpected(not_well_formed(parser.get()));
  return collector.take();
}

std::string_view Document::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* to = static_cast<char*>(texts_->allocate(text.size(), alignof(char)));
  std::memcpy(to, text.data(), text.size());
  return {to, text.size()};
}

const Element* Document::first_child(const Element& parent) const {
  const Element* next = &parent + 1;
  return next != end() && next->depth > parent.depth ? next : nullptr;
}

const Element* Document::next_sibling(const Element& element) const {
  const Element* next = &element + 1;
  while (next != end() && next->depth > element.depth) ++next;
  return next != end() && next->depth == element.depth ? next : nullptr;
}

const Element* Document::parent(const Element& element) const {
  if (element.depth == 0) return nullptr;
  const Element* before = &element;
  while (before->depth >= element.depth) --before;
  return before;
}

}  // namespace wasl::iso20022
