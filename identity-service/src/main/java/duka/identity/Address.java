package duka.identity;

import java.util.UUID;

/** Where something is sent or a bill goes; what is not given is empty. */
public record Address(
        UUID id,
        String recipient,
        String phoneNumber,
        String addressLine1,
        String addressLine2,
        String city,
        String country,
        String postalCode,
        boolean defaultShipping,
        boolean defaultBilling) {

    Address withDefaults(boolean shipping, boolean billing) {
        return new Address(
                id,
                recipient,
                phoneNumber,
                addressLine1,
                addressLine2,
                city,
                country,
                postalCode,
                shipping,
                billing);
    }
}
