package duka.identity;

/** What somebody has told about themselves; what they have not is empty. */
public record Profile(
        String firstName,
        String lastName,
        String phoneNumber,
        String addressLine1,
        String addressLine2,
        String city,
        String country,
        String postalCode) {

    public static Profile named(String firstName, String lastName, String phoneNumber) {
        return new Profile(firstName, lastName, phoneNumber, "", "", "", "", "");
    }
}
