package duka.identity.web;

import duka.identity.Profile;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** One's own profile, as it is shown and as it is sent; what is absent is empty. */
record ProfileForm(
        @Size(max = 150)
                @Pattern(regexp = Texts.NAME, message = Texts.NAME_ONLY)
                @Schema(example = "Amina")
                @Nullable String firstName,
        @Size(max = 150)
                @Pattern(regexp = Texts.NAME, message = Texts.NAME_ONLY)
                @Schema(example = "Otieno")
                @Nullable String lastName,
        @Size(max = 20)
                @Pattern(regexp = Texts.PHONE, message = Texts.PHONE_ONLY)
                @Schema(example = "+254700000001")
                @Nullable String phoneNumber,
        @Size(max = 255)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "12 Moi Avenue")
                @Nullable String addressLine1,
        @Size(max = 255) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Nullable String addressLine2,
        @Size(max = 100)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "Nairobi")
                @Nullable String city,
        @Size(max = 100)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "Kenya")
                @Nullable String country,
        @Size(max = 20)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "00100")
                @Nullable String postalCode) {

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
                Texts.titled(firstName),
                Texts.titled(lastName),
                Texts.phone(phoneNumber),
                Texts.given(addressLine1),
                Texts.given(addressLine2),
                Texts.given(city),
                Texts.given(country),
                Texts.given(postalCode));
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
}
