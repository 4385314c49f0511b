#include "net/identity.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <string>

#include "net/certificates.hpp"
#include "net/openssl.hpp"

namespace wasl::net {
namespace {

using core::Errc;

constexpr std::string_view kUriPrefix = "urn:wasl:";
constexpr std::string_view kOperator = "operator:";

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == ':';
}

std::string_view uri_text(const GENERAL_NAME& name) {
  const ASN1_IA5STRING* const uri = name.d.uniformResourceIdentifier;
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
          static_cast<std::size_t>(ASN1_STRING_length(uri))};
}

}  // namespace

core::Result<core::Participant> parse_participant(std::string_view uri) {
  if (!uri.starts_with(kUriPrefix)) {
    return core::fail(Errc::kMalformed, "the identity does not begin with urn:wasl:");
  }
  const std::string_view rest = uri.substr(kUriPrefix.size());
  std::size_t colon = rest.find(':');
  // An operator's role names whom it acts for: operator:centre, operator:fund.
  if (rest.starts_with(kOperator)) colon = rest.find(':', kOperator.size());
  if (colon == std::string_view::npos) {
    return core::fail(Errc::kMalformed, "the identity is not urn:wasl:<role>:<id>");
  }
  const std::optional<core::Role> role = core::role_named(rest.substr(0, colon));
  if (!role) return core::fail(Errc::kUnsupported, "the identity names an unknown role");

  const std::string_view id_text = rest.substr(colon + 1);
  const std::optional<core::ParticipantId> id = core::ParticipantId::make(id_text);
  if (!id || !std::ranges::all_of(id_text, is_id_character)) {
    return core::fail(Errc::kMalformed,
                      "the identity's id is not 1 to 24 letters, digits, '-' or ':'");
  }
  const core::Participant participant{*role, *id};
  if (!core::speaker_of(participant)) {
    return core::fail(Errc::kMalformed,
                      "an operator's id is not <centre or fund>:<operator>, as in 16-01:042");
  }
  return participant;
}

std::string participant_uri(const core::Participant& participant) {
  std::string uri{kUriPrefix};
  uri += core::name(participant.role);
  uri += ':';
  uri += participant.id.view();
  return uri;
}

core::Result<core::Participant> participant_of(const x509_st& certificate) {
  const NamesPtr names{static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr))};
  const GENERAL_NAME* found = nullptr;
  int uris = 0;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    found = name;
    ++uris;
  }
  if (uris != 1) {
    return core::fail(Errc::kNotPermitted, "the certificate does not hold exactly one URI");
  }
  core::Result<core::Participant> participant = parse_participant(uri_text(*found));
  if (!participant) return core::fail(Errc::kNotPermitted, participant.error().context);
  return participant;
}

CertificateId certificate_id(const x509_st& certificate) {
  return certificate_id(X509_get_issuer_name(&certificate), X509_get0_serialNumber(&certificate));
}

CertificateId certificate_id(const X509_NAME* issuer, const ASN1_INTEGER* serial) {
  std::string key;
  core::Writer writer{key};
  const unsigned char* name_bytes = nullptr;
  std::size_t name_size = 0;
  // Fails only for a name that was never encoded; every name here was decoded from DER.
  if (X509_NAME_get0_der(issuer, &name_bytes, &name_size) == 1) {
    writer.blob({name_bytes, name_size});
  }
  writer.blob(
      {ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
  CertificateId id{};
  SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(), id.data());
  return id;
}

std::string masked_peer(const X509& certificate) {
  const core::Result<core::Participant> who = participant_of(certificate);
  std::string text = "no identity";
  if (who) text = std::string(core::name(who->role)) + ":" + core::masked(who->id.view());
  BIGNUM* const number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr);
  char* const digits = number == nullptr ? nullptr : BN_bn2hex(number);
  if (digits != nullptr) text += ", serial " + std::string(digits);
  OPENSSL_free(digits);
  BN_free(number);
  return text;
}

}  // namespace wasl::net
