package duka.payment.payout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BankTest {

    @ParameterizedTest
    @CsvSource({
        "gtb, Guaranty Trust Bank",
        "GTBank, Guaranty Trust Bank",
        "guaranty  trust bank, Guaranty Trust Bank",
        "058, Guaranty Trust Bank",
        "uba, United Bank for Africa",
        "' kcb ', KCB Bank",
        "Equity Bank, Equity Bank"
    })
    void a_bank_is_known_by_its_code_its_name_and_what_people_call_it(String called, String name) {
        assertThat(Bank.called(called)).get().returns(name, Bank::name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"citi", "one", "bank", "trust", "gtb bank plc", "union bank of", "", "%"})
    void a_part_of_a_name_is_no_bank(String called) {
        assertThat(Bank.called(called)).isEmpty();
    }

    @Test
    void an_account_number_shows_its_last_digits_only() {
        assertThat(new AccountNumber("0123456789")).hasToString("•••• 6789");
    }
}
