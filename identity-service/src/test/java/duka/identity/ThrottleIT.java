package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import duka.jobs.TooMuchWork;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** How often somebody may guess a password. */
@WholeService
class ThrottleIT {

    private static final String HOME = "203.0.113.50";
    private static final String SIGNED_UP = Objects.requireNonNull(UserFixture.SOMEWHERE.address());

    @Autowired Registering registering;
    @Autowired SigningIn signingIn;
    @Autowired Attempts attempts;
    @Autowired JdbcClient jdbc;
    @Autowired Users users;
    @Autowired Sessions sessions;
    @Autowired AccessTokens accessTokens;
    @Autowired Guard guard;
    @Autowired AuditLog audit;
    @Autowired TransactionTemplate transaction;
    @Autowired IdentityProperties properties;

    private String name = "";

    @BeforeEach
    void begin_anew() {
        jdbc.sql("delete from attempts").update();
        name = Objects.requireNonNull(UserFixture.customer(registering).email());
    }

    @Test
    void after_five_wrong_passwords_even_the_right_one_has_to_wait() {
        guess(5, name, HOME);

        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> signIn(name, HOME))
                .satisfies(
                        wait ->
                                assertThat(wait.waitFor())
                                        .isPositive()
                                        .isLessThanOrEqualTo(Duration.ofMinutes(5)));
    }

    @Test
    void a_name_that_nobody_has_is_told_the_same() {
        var nobody = UserFixture.someEmail();
        guess(5, nobody, HOME);

        assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> signIn(nobody, HOME));
    }

    @Test
    void the_name_in_other_letters_is_the_same_name() {
        guess(5, name, HOME);

        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> signIn(" " + name.toUpperCase() + " ", HOME));
    }

    @Test
    void nor_is_it_another_one_with_a_letter_that_becomes_two() {
        guess(5, name.replaceFirst("i", "İ"), HOME);

        assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> signIn(name, HOME));
    }

    @Test
    void whoever_signs_in_spells_their_name_as_they_like() {
        assertThat(signIn(" " + name.toUpperCase().replaceFirst("I", "İ"), HOME)).isTrue();
    }

    @Test
    void waiting_helps() {
        guess(5, name, HOME);
        assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> signIn(name, HOME));

        jdbc.sql("update attempts set ends_at = now()").update();

        assertThat(signIn(name, HOME)).isTrue();
    }

    @Test
    void the_right_password_makes_good_for_the_wrong_ones_before() {
        for (int i = 0; i < 4; i++) {
            guess(4, name, HOME);
            assertThat(signIn(name, HOME)).isTrue();
        }
    }

    @Test
    void who_guesses_from_many_addresses_is_stopped_too() {
        for (int i = 0; i < 20; i++) {
            guess(1, name, "198.51.100." + i);
        }

        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> signIn(name, "198.51.100.99"));
    }

    @Test
    void others_do_not_keep_the_owner_out() {
        assertThat(signIn(name, HOME)).isTrue();
        for (int i = 0; i < 20; i++) {
            guess(1, name, "198.51.100." + i);
        }

        assertThat(signIn(name, HOME)).isTrue();
    }

    @Test
    void nor_when_the_owner_has_another_address_of_the_same_network() {
        assertThat(signIn(name, "2001:db8:1:2::1")).isTrue();
        for (int i = 0; i < 20; i++) {
            guess(1, name, "198.51.100." + i);
        }

        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> signIn(name, "2001:db8:1:3::1"));
        assertThat(signIn(name, "2001:db8:1:2:ffff::9")).isTrue();
    }

    @Test
    void nor_do_they_where_the_owner_has_signed_up() {
        othersUseUp(SIGNED_UP);

        assertThat(signIn(name, SIGNED_UP)).isTrue();
    }

    @Test
    void whose_address_it_is_cannot_be_told_by_guessing_from_there() {
        othersUseUp(SIGNED_UP);
        var nobody = UserFixture.someEmail();

        for (int i = 0; i < 8; i++) {
            assertThat(secondsToWait(name)).isCloseTo(secondsToWait(nobody), within(2L));
        }
    }

    @Test
    void where_the_owner_is_known_there_are_no_more_guesses_than_elsewhere() {
        othersUseUp(SIGNED_UP);
        for (int i = 0; i < 5; i++) {
            secondsToWait(name);
        }

        assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> signIn(name, SIGNED_UP));
    }

    @Test
    void who_has_to_wait_does_not_make_others_wait_by_going_on() {
        guess(5, name, HOME);
        for (int i = 0; i < 50; i++) {
            assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> signIn(name, HOME));
        }

        assertThat(signIn(name, "198.51.100.1")).isTrue();
    }

    @Test
    void who_tries_many_names_from_one_address_is_stopped() {
        othersUseUp(HOME);

        assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> signIn(name, HOME));
        assertThat(signIn(name, "198.51.100.1")).isTrue();
    }

    @Test
    void one_who_has_a_network_has_one_address() {
        guess(3, name, "2001:db8:1:2::1");
        guess(2, name, "2001:db8:1:2:ffff::1");

        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> signIn(name, "2001:db8:1:2::3"));
        assertThat(signIn(name, "2001:db8:1:3::1")).isTrue();
    }

    @Test
    void many_guesses_at_once_are_no_more_than_in_a_row() throws Exception {
        Callable<Boolean> guess = () -> !signIn(name, "wrong-42", HOME);

        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var checked =
                    crowd.invokeAll(IntStream.range(0, 30).mapToObj(_ -> guess).toList()).stream()
                            .filter(it -> it.state() == Future.State.SUCCESS)
                            .count();
            assertThat(checked).isEqualTo(5);
        }
    }

    @Test
    void nothing_was_tried_when_there_was_no_time_to_look() {
        var passwords = mock(Passwords.class);
        given(passwords.matches(any(), any())).willThrow(TooMuchWork.class);
        var overrun =
                new SigningIn(
                        users,
                        passwords,
                        sessions,
                        accessTokens,
                        guard,
                        audit,
                        transaction,
                        properties);
        var from = new Actor(null, null, HOME, null);

        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(TooMuchWork.class)
                    .isThrownBy(() -> overrun.signIn(name, UserFixture.PASSWORD, from));
        }

        assertThat(jdbc.sql("select sum(taken) from attempts").query(Long.class).single()).isZero();
        assertThat(signIn(name, HOME)).isTrue();
    }

    @Test
    void names_are_not_readable_in_what_is_counted() {
        guess(1, name, HOME);

        assertThat(jdbc.sql("select key from attempts").query(String.class).list())
                .isNotEmpty()
                .noneMatch(key -> key.contains("@") || key.contains(HOME));
    }

    @Test
    void what_is_over_is_forgotten() {
        guess(1, name, HOME);
        jdbc.sql("update attempts set ends_at = now() - interval '1 second'").update();

        attempts.forgetEnded();

        assertThat(jdbc.sql("select count(*) from attempts").query(Long.class).single()).isZero();
    }

    private void othersUseUp(String address) {
        guess(1, UserFixture.someEmail(), address);
        jdbc.sql("update attempts set taken = 100 where key like 'address %'").update();
    }

    /** After a guess from where the owner has signed up. */
    private long secondsToWait(String name) {
        return assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> signIn(name, "wrong-42", SIGNED_UP))
                .actual()
                .waitFor()
                .toSeconds();
    }

    private void guess(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn(name, "wrong-" + i, address)).isFalse();
        }
    }

    private boolean signIn(String name, String address) {
        return signIn(name, UserFixture.PASSWORD, address);
    }

    private boolean signIn(String name, String password, String address) {
        return signingIn.signIn(name, password, new Actor(null, null, address, null)).isPresent();
    }
}
