package duka.simulator;

import java.util.Arrays;

/**
 * What a bank account's number makes the simulator do when it is to be paid: by its last digits.
 */
enum TestAccount {
    /** Refuses for good: "account closed". */
    CLOSED("0001"),
    /** Pays, but its first answer is never sent. */
    DROP("0002"),
    /** Answers 500 at first, with nothing paid; pays when asked again. */
    FAULT("0003"),
    /** Any other account: pays at once. */
    PAYS("");

    private final String ending;

    TestAccount(String ending) {
        this.ending = ending;
    }

    static TestAccount of(String number) {
        return Arrays.stream(values())
                .filter(account -> number.endsWith(account.ending))
                .findFirst()
                .orElse(PAYS);
    }
}
