package duka.payment.payout;

/** A bank account's number, which nobody is to read by accident: it shows its last digits only. */
public record AccountNumber(String digits) {

    public AccountNumber {
        if (!digits.matches("[0-9]{6,20}")) {
            throw new IllegalArgumentException("an account number has 6 to 20 digits");
        }
    }

    String lastFour() {
        return digits.substring(digits.length() - 4);
    }

    static String masked(String lastFour) {
        return "•••• " + lastFour;
    }

    @Override
    public String toString() {
        return masked(lastFour());
    }
}
