#pragma once
// Who a certificate speaks for: exactly one SAN URI, urn:wasl:<role>:<id>. Pure functions.

#include <string_view>

#include "core/bytes.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"

struct x509_st;

namespace wasl::net {

// SHA-256 over issuer and serial number: names one certificate, also in a revocation list.
using CertificateId = core::Sha256;

// The role and an id of 1 to 24 characters of [a-z0-9A-Z:-]. kMalformed when the text is something
// else, kUnsupported for a role that is not known here. Errors do not repeat the text.
[[nodiscard]] core::Result<core::Participant> parse_participant(std::string_view uri);

// "urn:wasl:provider:16-004512"
[[nodiscard]] std::string participant_uri(const core::Participant& participant);

// kNotPermitted unless the certificate holds exactly one URI and parse_participant takes it.
[[nodiscard]] core::Result<core::Participant> participant_of(const x509_st& certificate);

[[nodiscard]] CertificateId certificate_id(const x509_st& certificate);

// For messages: who the certificate names, masked, and its serial number, which `wasl pki list`
// has. It may be anybody's certificate: it says what it claims.
[[nodiscard]] std::string masked_peer(const x509_st& certificate);

}  // namespace wasl::net
