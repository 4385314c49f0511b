#pragma once
// Real active substances (INN, in French) with forms and doses: what the sample's catalogue is made
// of. Each line names the long-term condition it is usual for by a letter of sample_places.hpp's
// conditions, or none.

namespace wasl::cli {

extern const char* const kSampleInnsFirst;
extern const char* const kSampleInnsSecond;

}  // namespace wasl::cli
