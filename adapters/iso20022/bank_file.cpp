#include "iso20022/bank_file.hpp"

#include <string>

#include "iso20022/document.hpp"

namespace wasl::iso20022 {
namespace {

using core::Errc;

constexpr std::string_view kNamespaces = "urn:iso:std:iso:20022:tech:xsd:";

BankFile read_message(Reader& in, const Document& document) {
  const Element& root = document.root();
  if (root.name != "Document") in.wrong(root, Errc::kMalformed, "expected as the first element");
  if (document.name_space() == kStatusReportNamespace) return read_status_report(in, root);
  if (document.name_space() == kNotificationNamespace) return read_notification(in, root);
  if (document.name_space().starts_with(kNamespaces)) {
    in.wrong(root, Errc::kUnsupported, "not pain.002.001.10 and not camt.054.001.08");
  } else {
    in.wrong(root, Errc::kMalformed, "not a message of ISO 20022");
  }
  return {};
}

}  // namespace

core::Result<BankFile> read_bank_file(std::string_view file, const Expected& expected,
                                      std::size_t file_bytes_max) {
  const core::Result<Document> document = Document::parse(file, file_bytes_max);
  if (!document) return std::unexpected(document.error());
  Reader in(*document, expected);
  BankFile read = read_message(in, *document);
  if (in.error()) return std::unexpected(*in.error());
  return read;
}

}  // namespace wasl::iso20022
