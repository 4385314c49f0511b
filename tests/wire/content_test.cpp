// What content is taken of: every field that decides or identifies, and nothing else.

#include <functional>

#include "wire/bank_requests.hpp"
#include "wire/feeds.hpp"
#include "wire/ledger_requests.hpp"

namespace wasl::wire {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

core::Sha256 content(const v1::Envelope& envelope, const core::Participant& from) {
  const auto decoded = test::decode(envelope, from);
  if (!decoded || decoded->commands.empty()) {
    ADD_FAILURE() << (decoded ? "no command" : decoded.error().sentence);
    return {};
  }
  return decoded->commands.front().content;
}

TEST(Content, LeavesOutProofsCorrelationAndOptions) {
  const v1::Envelope envelope = test::submit();
  const core::Sha256 expected = content(envelope, test::pharmacy());
  v1::Envelope other = envelope;
  other.set_correlation_id(43);
  other.mutable_options()->set_trace(true);
  other.mutable_options()->add_languages(v1::ARABIC);
  other.mutable_submit_claim()->mutable_proofs()->mutable_card()->set_atc(8);
  EXPECT_EQ(content(other, test::pharmacy()), expected);
  other.mutable_submit_claim()->clear_proofs();
  EXPECT_EQ(content(other, test::pharmacy()), expected);
}

TEST(Content, TakesTheServiceDateForAFirstActThatIsNotGiven) {
  v1::Envelope envelope = test::submit();
  const core::Sha256 expected = content(envelope, test::pharmacy());
  envelope.mutable_submit_claim()->mutable_claim()->set_first_act_date("2026-03-10");
  EXPECT_EQ(content(envelope, test::pharmacy()), expected);
}

TEST(Content, DiffersBetweenDeeds) {
  EXPECT_NE(content(test::submit(), test::pharmacy()), content(test::quote(), test::pharmacy()));
  EXPECT_NE(content(test::get_rights(), test::pharmacy()),
            content(test::update_card(), test::pharmacy()));
}

// Another value of the field that is still right: dates become later, codes longer, numbers
// greater.
void change_value(Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value = repeated ? reflection.GetRepeatedString(message, &field, index)
                                   : reflection.GetString(message, &field);
      const bool date = value.size() == 10 && value[4] == '-' && value[7] == '-';
      if (date) {
        value[3] = static_cast<char>(value[3] == '9' ? '8' : value[3] + 1);
      } else if (field.type() == FieldDescriptor::TYPE_BYTES) {
        value.back() = static_cast<char>(value.back() ^ 0x40);
      } else {
        value.back() = value.back() == 'z' ? 'y' : 'z';
      }
      repeated ? reflection.SetRepeatedString(&message, &field, index, value)
               : reflection.SetString(&message, &field, value);
      return;
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      const std::uint32_t value = reflection.GetUInt32(message, &field);
      return reflection.SetUInt32(&message, &field, value + 1);
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      const std::uint64_t value = reflection.GetUInt64(message, &field);
      return reflection.SetUInt64(&message, &field, value + 1);
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const std::int64_t value = reflection.GetInt64(message, &field);
      return reflection.SetInt64(&message, &field, value + 1);
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, !reflection.GetBool(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int value = reflection.GetEnumValue(message, &field);
      return reflection.SetEnumValue(&message, &field, value == 1 ? 2 : 1);
    }
    default:
      FAIL() << field.full_name();
  }
}

// Calls `visit(changed envelope, field)` for each leaf that is set.
class Mutations {
 public:
  Mutations(const v1::Envelope& envelope,
            std::function<void(const v1::Envelope&, const std::string&)> visit)
      : envelope_(envelope), visit_(std::move(visit)) {}

  void run(Message& message) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (field->name() == "proofs" || field->name() == "correlation_id") continue;
      const int count =
          field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
      for (int i = 0; i < count; ++i) one(message, *field, i);
    }
  }
  [[nodiscard]] v1::Envelope& envelope() { return envelope_; }

 private:
  void one(Message& message, const FieldDescriptor& field, int index) {
    const Reflection& reflection = *message.GetReflection();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return run(*(field.is_repeated() ? reflection.MutableRepeatedMessage(&message, &field, index)
                                       : reflection.MutableMessage(&message, &field)));
    }
    const std::unique_ptr<Message> before(message.New());
    before->CopyFrom(message);
    change_value(message, field, index);
    visit_(envelope_, field.full_name());
    message.CopyFrom(*before);
  }

  v1::Envelope envelope_;
  std::function<void(const v1::Envelope&, const std::string&)> visit_;
};

// How many fields, once changed, gave another content; and each one must, if it is still taken.
int count_signed_fields(const v1::Envelope& envelope, const core::Participant& from) {
  const core::Sha256 original = content(envelope, from);
  int counted = 0;
  Mutations mutations(envelope, [&](const v1::Envelope& changed, const std::string& field) {
    const auto decoded = test::decode(changed, from);
    if (!decoded) return;
    EXPECT_NE(decoded->commands.front().content, original) << field;
    ++counted;
  });
  mutations.run(mutations.envelope());
  return counted;
}

TEST(Content, HoldsEveryOtherFieldOfAClaim) {
  v1::Envelope envelope = test::submit();
  envelope.mutable_submit_claim()->mutable_claim()->set_first_act_date("2026-03-08");
  envelope.mutable_submit_claim()->mutable_claim()->mutable_lines(1)->set_supply_days(1);
  // All but `kind`, whose other value is not for this role: it is the deed's and role's to tell.
  EXPECT_EQ(count_signed_fields(envelope, test::pharmacy()), 13 + 3 * 4);
}

TEST(Content, HoldsEveryFieldOfOtherRequests) {
  EXPECT_EQ(count_signed_fields(test::reverse(), test::pharmacy()), 3);
  EXPECT_EQ(count_signed_fields(test::get_claim(), test::pharmacy()), 2);
  EXPECT_EQ(count_signed_fields(test::counter_rights(), test::desk()), 6);
  v1::Envelope ask = test::request_agreement();
  ask.mutable_request_prior_agreement()->mutable_wanted()->set_until("2028-06-30");
  EXPECT_EQ(count_signed_fields(ask, test::pharmacy()), 6);
  EXPECT_EQ(count_signed_fields(test::decide_agreement(), test::fund()), 4);
}

TEST(Content, HoldsEveryFieldOfWhatBanksAreToldAndSay) {
  EXPECT_EQ(count_signed_fields(test::export_run(), test::fund_clerk()), 3);
  EXPECT_EQ(count_signed_fields(test::open_status_file(), test::fund_clerk()), 4);
  EXPECT_EQ(count_signed_fields(test::receive_statuses(), test::fund_clerk()), 3 + 2 * 4);
  EXPECT_EQ(count_signed_fields(test::apply_statuses(), test::fund_clerk()), 2);
  EXPECT_EQ(count_signed_fields(test::drop_status_file(), test::fund_clerk()), 2);
}

TEST(Content, HoldsEveryFieldOfAReductionAndOfADay) {
  EXPECT_EQ(count_signed_fields(test::reduce_claim(), test::clerk()), 8);
  EXPECT_EQ(count_signed_fields(test::reconcile_own(), test::pharmacy()), 2 + 3 * 2);
}

TEST(Content, HoldsEveryFieldOfFeeds) {
  EXPECT_EQ(count_signed_fields(test::put_provider(), test::fund()), 9);
  EXPECT_EQ(count_signed_fields(test::put_prescriber(), test::fund()), 4);
  EXPECT_EQ(count_signed_fields(test::put_tarif(), test::authority()), 6);
  EXPECT_EQ(count_signed_fields(test::put_product(), test::authority()), 16);
  EXPECT_EQ(count_signed_fields(test::put_account(), test::fund()), 20);
}

}  // namespace
}  // namespace wasl::wire
