#pragma once
// A file of a bank as its elements; the only place that sees libxml2. Files are hostile: no
// document type, no entity but XML's own five, no file or address is opened, and each limit below
// is checked while reading, so that memory and time stay within a small multiple of the file's
// size. Encoding is UTF-8, whatever the declaration says. Immutable once parsed; any thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace wasl::iso20022 {

// The answer to our largest file, kPayoutsPerFileMax payouts of fifty elements each.
inline constexpr std::size_t kElementsMax = 500'000;
// Twice what the deepest path of the schemas has, 14.
inline constexpr std::size_t kDepthMax = 28;
// The longest text of the schemas has 2,048 characters, of at most four bytes each.
inline constexpr std::size_t kTextBytesMax = 8 * 1024;
// Between one '<' and the next lies a tag and a text, or the text as entities. Bounds the
// attributes of one tag before the parser, whose effort grows with their square, sees it.
inline constexpr std::size_t kGapBytesMax = 2 * kTextBytesMax;
// Of one element, and of namespaces that it declares. The schemas know one attribute, Ccy.
inline constexpr std::size_t kAttributesMax = 8;
// Of elements, attributes, namespaces: a schema has under four hundred, and the parser's effort for
// a new one grows with their number.
inline constexpr std::size_t kNamesMax = 2'000;

struct Element {
  std::string_view name;      // Without prefix.
  std::string_view text;      // Of an element without children.
  std::string_view currency;  // The attribute Ccy.
  std::uint32_t line = 0;     // Where its start tag ends.
  std::uint16_t depth = 0;
  bool foreign = false;  // Of another namespace than the document.
};

class Document {
 public:
  // Errors name the line: kLimit; kMalformed for anything that is not well-formed XML in UTF-8, and
  // for a DOCTYPE.
  [[nodiscard]] static core::Result<Document> parse(std::string_view file,
                                                    std::size_t file_bytes_max);

  [[nodiscard]] std::string_view name_space() const { return name_space_; }
  [[nodiscard]] const Element& root() const { return elements_.front(); }
  // nullptr if there is none.
  [[nodiscard]] const Element* first_child(const Element& parent) const;
  [[nodiscard]] const Element* next_sibling(const Element& element) const;
  [[nodiscard]] const Element* parent(const Element& element) const;

 private:
  friend class Collector;

  Document() : texts_(std::make_unique<std::pmr::monotonic_buffer_resource>()) {}
  [[nodiscard]] std::string_view keep(std::string_view text);
  [[nodiscard]] const Element* end() const { return elements_.data() + elements_.size(); }

  std::unique_ptr<std::pmr::monotonic_buffer_resource> texts_;  // What the views below point to.
  std::string_view name_space_;
  std::vector<Element> elements_;  // In the order of the file: children follow their parent.
};

}  // namespace wasl::iso20022
