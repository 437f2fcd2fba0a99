package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.Address;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An address as it is sent; a default is given up only by making another one the default. */
record AddressForm(
        @Size(max = 200)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "Amina Otieno")
                @Nullable String recipient,
        @Size(max = 20)
                @Pattern(regexp = Texts.PHONE, message = Texts.PHONE_ONLY)
                @Schema(example = "+254700000001")
                @Nullable String phoneNumber,
        @NotBlank
                @Size(max = 255)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "12 Moi Avenue")
                String addressLine1,
        @Size(max = 255) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Nullable String addressLine2,
        @NotBlank
                @Size(max = 100)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "Nairobi")
                String city,
        @NotBlank
                @Size(max = 100)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "Kenya")
                String country,
        @Size(max = 20)
                @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                @Schema(example = "00100")
                @Nullable String postalCode,
        @JsonProperty("is_default_shipping") @Nullable Boolean defaultShipping,
        @JsonProperty("is_default_billing") @Nullable Boolean defaultBilling) {

    static AddressForm of(Address address) {
        return new AddressForm(
                address.recipient(),
                address.phoneNumber(),
                address.addressLine1(),
                address.addressLine2(),
                address.city(),
                address.country(),
                address.postalCode(),
                address.defaultShipping(),
                address.defaultBilling());
    }

    Address address(UUID id) {
        return new Address(
                id,
                Texts.given(recipient),
                Texts.phone(phoneNumber),
                Texts.given(addressLine1),
                Texts.given(addressLine2),
                Texts.given(city),
                Texts.given(country),
                Texts.given(postalCode),
                Boolean.TRUE.equals(defaultShipping),
                Boolean.TRUE.equals(defaultBilling));
    }
}
