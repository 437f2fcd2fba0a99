package duka.identity.web;

import duka.identity.Profile;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** One's own profile, as it is shown and as it is sent; what is absent is empty. */
record ProfileForm(
        @Size(max = 150) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY)
                @Nullable String firstName,
        @Size(max = 150) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY)
                @Nullable String lastName,
        @Size(max = 20) @Pattern(regexp = PHONE, message = PHONE_ONLY) @Nullable String phoneNumber,
        @Size(max = 255) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY)
                @Nullable String addressLine1,
        @Size(max = 255) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY)
                @Nullable String addressLine2,
        @Size(max = 100) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY) @Nullable String city,
        @Size(max = 100) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY)
                @Nullable String country,
        @Size(max = 20) @Pattern(regexp = ONE_LINE, message = ONE_LINE_ONLY)
                @Nullable String postalCode) {

    static final String ONE_LINE = "\\P{Cntrl}*";
    static final String ONE_LINE_ONLY = "must be one line";
    static final String PHONE = "[0-9+() .-]*";
    static final String PHONE_ONLY = "must be a phone number";

    static ProfileForm of(Profile profile) {
        return new ProfileForm(
                profile.firstName(),
                profile.lastName(),
                profile.phoneNumber(),
                profile.addressLine1(),
                profile.addressLine2(),
                profile.city(),
                profile.country(),
                profile.postalCode());
    }

    Profile profile() {
        return new Profile(
                given(firstName),
                given(lastName),
                given(phoneNumber),
                given(addressLine1),
                given(addressLine2),
                given(city),
                given(country),
                given(postalCode));
    }

    /** Clients from before profiles had names leave them out of a whole profile: they stay. */
    Profile profileKeepingNamesOf(Profile before) {
        return new ProfileForm(
                        firstName == null ? before.firstName() : firstName,
                        lastName == null ? before.lastName() : lastName,
                        phoneNumber,
                        addressLine1,
                        addressLine2,
                        city,
                        country,
                        postalCode)
                .profile();
    }

    static String given(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
