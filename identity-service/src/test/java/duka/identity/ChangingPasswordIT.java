package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import duka.identity.PasswordRefused.Why;
import duka.identity.SigningIn.Tokens;
import duka.jobs.TooMuchWork;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@WholeService
class ChangingPasswordIT {

    private static final String NEXT = "walrus-43-pond";
    private static final Actor HERE =
            new Actor(null, UUID.fromString("0198c0de-0000-7000-8000-00000000000a"), null, null);
    private static final Actor ELSEWHERE =
            new Actor(null, UUID.fromString("0198c0de-0000-7000-8000-00000000000b"), null, null);

    @Autowired Registering registering;
    @Autowired SigningIn signingIn;
    @Autowired AccountKeeping accounts;
    @Autowired VerifyingEmail verifying;
    @Autowired ChangingPassword changing;
    @Autowired ForgottenPasswords forgotten;
    @Autowired SentMails.Mails mails;
    @Autowired JdbcClient jdbc;
    @Autowired Users users;
    @Autowired Sessions sessions;
    @Autowired Proofs proofs;
    @Autowired PasswordCodes codes;
    @Autowired Guard guard;
    @Autowired AuditLog audit;
    @Autowired TransactionTemplate transaction;

    @Test
    void who_knows_the_password_changes_it_and_is_signed_out_everywhere() {
        var user = UserFixture.customer(registering);
        var before = signIn(user);

        changing.change(user.id(), UserFixture.PASSWORD, NEXT, HERE);

        assertThat(canSignIn(user, UserFixture.PASSWORD)).isFalse();
        assertThat(canSignIn(user, NEXT)).isTrue();
        assertThat(signingIn.refresh(before.refresh(), HERE)).isEmpty();
        assertThat(mails.of(user.id())).contains("changed");
    }

    @Test
    void who_does_not_know_it_changes_nothing_and_cannot_go_on_guessing() {
        var user = UserFixture.customer(registering);

        for (int i = 0; i < 5; i++) {
            refused(Why.WRONG_CURRENT, () -> changing.change(user.id(), "guess-1", NEXT, HERE));
        }
        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> changing.change(user.id(), UserFixture.PASSWORD, NEXT, HERE))
                .satisfies(wait -> assertThat(wait.waitFor()).isPositive());
        assertThat(canSignIn(user, UserFixture.PASSWORD)).isTrue();
    }

    @Test
    void nobody_has_guessed_when_there_was_no_time_to_look() {
        var user = UserFixture.customer(registering);
        var passwords = mock(Passwords.class);
        given(passwords.matches(any(), any())).willThrow(TooMuchWork.class);
        var overrun =
                new ChangingPassword(
                        users,
                        passwords,
                        sessions,
                        proofs,
                        codes,
                        mails,
                        guard,
                        audit,
                        transaction);

        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(TooMuchWork.class)
                    .isThrownBy(() -> overrun.change(user.id(), UserFixture.PASSWORD, NEXT, HERE));
        }

        changing.change(user.id(), UserFixture.PASSWORD, NEXT, HERE);
        assertThat(canSignIn(user, NEXT)).isTrue();
    }

    @Test
    void the_next_password_is_another_and_a_good_one() {
        var user = UserFixture.customer(registering);

        refused(
                Why.SAME_AS_CURRENT,
                () -> changing.change(user.id(), UserFixture.PASSWORD, UserFixture.PASSWORD, HERE));
        assertThatExceptionOfType(WeakPassword.class)
                .isThrownBy(() -> changing.change(user.id(), UserFixture.PASSWORD, "short", HERE))
                .satisfies(weak -> assertThat(weak.field()).isEqualTo("new_password"));
        assertThat(canSignIn(user, UserFixture.PASSWORD)).isTrue();
    }

    @Test
    void of_several_changes_at_once_one_holds() throws Exception {
        var user = UserFixture.customer(registering);

        int changed =
                atOnce(
                        4,
                        i -> changing.change(user.id(), UserFixture.PASSWORD, NEXT + i, HERE),
                        PasswordRefused.class);

        assertThat(changed).isEqualTo(1);
        assertThat(IntStream.range(0, 4).filter(i -> canSignIn(user, NEXT + i)).count())
                .isEqualTo(1);
    }

    @Test
    void a_mailed_code_lets_the_password_be_changed_once() {
        var user = verified();
        changing.askForCode(user.id());

        changing.giveCode(user.id(), mails.last(user.id(), "code"), HERE);
        changing.changeWithCode(user.id(), NEXT, HERE);

        assertThat(canSignIn(user, NEXT)).isTrue();
        refused(Why.NOT_ALLOWED, () -> changing.changeWithCode(user.id(), "third-44-time", HERE));
    }

    @Test
    void a_code_goes_to_a_verified_address_only() {
        var user = UserFixture.customer(registering);

        assertThatExceptionOfType(EmailNotVerified.class)
                .isThrownBy(() -> changing.askForCode(user.id()));
    }

    @Test
    void a_code_can_be_tried_five_times() {
        var user = verified();
        changing.askForCode(user.id());
        var right = mails.last(user.id(), "code");
        var wrong = right.equals("000000") ? "000001" : "000000";

        for (int i = 0; i < 5; i++) {
            refused(Why.WRONG_CODE, () -> changing.giveCode(user.id(), wrong, HERE));
        }

        refused(Why.NO_CODE, () -> changing.giveCode(user.id(), right, HERE));
        refused(Why.NOT_ALLOWED, () -> changing.changeWithCode(user.id(), NEXT, HERE));
    }

    @Test
    void trying_many_codes_at_once_is_no_more_than_in_a_row() throws Exception {
        var user = verified();
        changing.askForCode(user.id());
        var right = mails.last(user.id(), "code");

        atOnce(
                20,
                i ->
                        changing.giveCode(
                                user.id(),
                                "%06d".formatted((Integer.parseInt(right) + 1 + i) % 1_000_000),
                                HERE),
                PasswordRefused.class);

        assertThat(triesLeft(user)).isZero();
        refused(Why.NO_CODE, () -> changing.giveCode(user.id(), right, HERE));
    }

    @Test
    void a_code_is_good_for_a_while_and_so_is_its_permission() {
        var user = verified();
        changing.askForCode(user.id());
        jdbc.sql("update password_codes set expires_at = now() where user_id = ?")
                .param(user.id().value())
                .update();
        refused(
                Why.NO_CODE,
                () -> changing.giveCode(user.id(), mails.last(user.id(), "code"), HERE));

        changing.askForCode(user.id());
        changing.giveCode(user.id(), mails.last(user.id(), "code"), HERE);
        jdbc.sql("update password_codes set allowed_until = now() where user_id = ?")
                .param(user.id().value())
                .update();
        refused(Why.NOT_ALLOWED, () -> changing.changeWithCode(user.id(), NEXT, HERE));
    }

    @Test
    void the_permission_is_for_the_session_that_gave_the_code() {
        var user = verified();
        changing.askForCode(user.id());
        changing.giveCode(user.id(), mails.last(user.id(), "code"), HERE);

        refused(Why.NOT_ALLOWED, () -> changing.changeWithCode(user.id(), NEXT, ELSEWHERE));
    }

    @Test
    void a_code_does_not_let_the_password_stay_the_same() {
        var user = verified();
        changing.askForCode(user.id());
        changing.giveCode(user.id(), mails.last(user.id(), "code"), HERE);

        refused(
                Why.SAME_AS_CURRENT,
                () -> changing.changeWithCode(user.id(), UserFixture.PASSWORD, HERE));
        changing.changeWithCode(user.id(), NEXT, HERE);
        assertThat(canSignIn(user, NEXT)).isTrue();
    }

    @Test
    void nobody_is_mailed_codes_without_end() {
        var user = verified();
        for (int i = 0; i < 5; i++) {
            changing.askForCode(user.id());
        }

        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> changing.askForCode(user.id()));
    }

    @Test
    void a_code_is_not_kept() {
        var user = verified();
        changing.askForCode(user.id());

        assertThat(
                        jdbc.sql(
                                        "select encode(hash, 'escape') from password_codes where user_id = ?")
                                .param(user.id().value())
                                .query(String.class)
                                .single())
                .doesNotContain(mails.last(user.id(), "code"));
    }

    @Test
    void who_has_forgotten_the_password_is_mailed_a_token_that_resets_it() {
        var user = UserFixture.customer(registering);
        var before = signIn(user);

        var token = forget(user);
        changing.reset(token, NEXT, HERE);

        assertThat(canSignIn(user, NEXT)).isTrue();
        assertThat(signingIn.refresh(before.refresh(), HERE)).isEmpty();
        assertThat(accounts.find(user.id()).emailVerified()).isTrue();
        assertThat(mails.of(user.id())).contains("changed");
        badToken(false, () -> changing.reset(token, "third-44-time", HERE));
    }

    @Test
    void a_reset_makes_all_other_tokens_worthless() {
        var user = UserFixture.customer(registering);
        var first = forget(user);
        var second = forget(user);

        changing.reset(second, NEXT, HERE);

        badToken(false, () -> changing.reset(first, "third-44-time", HERE));
    }

    @Test
    void changing_the_password_makes_a_token_worthless() {
        var user = UserFixture.customer(registering);
        var token = forget(user);

        changing.change(user.id(), UserFixture.PASSWORD, NEXT, HERE);

        badToken(false, () -> changing.reset(token, "third-44-time", HERE));
    }

    @Test
    void of_several_resets_with_one_token_one_holds() throws Exception {
        var user = UserFixture.customer(registering);
        var token = forget(user);

        int reset = atOnce(4, i -> changing.reset(token, NEXT + i, HERE), BadToken.class);

        assertThat(reset).isEqualTo(1);
        assertThat(IntStream.range(0, 4).filter(i -> canSignIn(user, NEXT + i)).count())
                .isEqualTo(1);
    }

    @Test
    void a_weak_password_leaves_the_token_good() {
        var user = UserFixture.customer(registering);
        var token = forget(user);

        assertThatExceptionOfType(WeakPassword.class)
                .isThrownBy(() -> changing.reset(token, "password123", HERE));

        changing.reset(token, NEXT, HERE);
        assertThat(canSignIn(user, NEXT)).isTrue();
    }

    @Test
    void a_token_comes_too_late_or_is_none_or_for_something_else() {
        var user = UserFixture.customer(registering);
        var token = forget(user);
        jdbc.sql("update proofs set expires_at = now() where user_id = ?")
                .param(user.id().value())
                .update();

        badToken(true, () -> changing.reset(token, NEXT, HERE));
        badToken(false, () -> changing.reset("nonsense", NEXT, HERE));
        var other = UserFixture.customer(registering);
        badToken(false, () -> changing.reset(mails.last(other.id(), "verify"), NEXT, HERE));
    }

    @Test
    void a_token_is_kept_as_a_hash() {
        var token = forget(UserFixture.customer(registering));

        assertThat(
                        jdbc.sql("select count(*) from proofs where hash = sha256(?::bytea)")
                                .param(token.getBytes())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void an_address_that_nobody_has_is_written_down_like_any_other() {
        var nobody = UserFixture.someEmail();
        var somebody = Objects.requireNonNull(UserFixture.customer(registering).email());

        forgotten.add(nobody.toUpperCase(), HERE);
        forgotten.add(somebody, HERE);
        forgotten.help();

        await().until(
                        () ->
                                jdbc.sql("select count(*) from forgotten_passwords")
                                        .query(Long.class)
                                        .single(),
                        left -> left == 0);
    }

    @Test
    void an_inactive_account_is_mailed_nothing_and_a_token_from_before_is_no_good() {
        var user = UserFixture.customer(registering);
        var token = forget(user);
        accounts.deactivate(user.id(), Actor.SHOP);
        int before = mails.of(user.id()).size();

        forgotten.add(Objects.requireNonNull(user.email()), HERE);
        forgotten.help();

        assertThat(mails.of(user.id())).hasSize(before);
        badToken(false, () -> changing.reset(token, NEXT, HERE));
    }

    @Test
    void nobody_is_mailed_tokens_without_end() {
        var user = UserFixture.customer(registering);

        for (int i = 0; i < 8; i++) {
            forgotten.add(Objects.requireNonNull(user.email()), HERE);
            forgotten.help();
        }

        await().untilAsserted(() -> assertThat(resets(user)).isEqualTo(5));
    }

    @Test
    void who_resets_the_password_need_not_wait_for_wrong_ones_from_before() {
        var user = UserFixture.customer(registering);
        for (int i = 0; i < 5; i++) {
            canSignIn(user, "guess-1");
        }
        assertThatExceptionOfType(TooManyTries.class)
                .isThrownBy(() -> canSignIn(user, UserFixture.PASSWORD));

        changing.reset(forget(user), NEXT, UserFixture.SOMEWHERE);

        assertThat(canSignIn(user, NEXT)).isTrue();
    }

    private interface Step {
        void take(int number);
    }

    /** How many of them got through; the others must have failed like this. */
    private static int atOnce(int many, Step step, Class<? extends Exception> otherwise)
            throws InterruptedException {
        int done = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, many)
                            .<Callable<Boolean>>mapToObj(
                                    i ->
                                            () -> {
                                                step.take(i);
                                                return true;
                                            })
                            .toList();
            for (var each : crowd.invokeAll(all)) {
                try {
                    each.get();
                    done++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(otherwise);
                }
            }
        }
        return done;
    }

    private String forget(User user) {
        var before = resets(user);
        forgotten.add(Objects.requireNonNull(user.email()), HERE);
        forgotten.help();
        await().until(() -> resets(user) > before); // the clock may have been quicker to help
        return mails.last(user.id(), "reset");
    }

    private long resets(User user) {
        return mails.of(user.id()).stream().filter(mail -> mail.startsWith("reset ")).count();
    }

    private User verified() {
        var user = UserFixture.customer(registering);
        verifying.verify(mails.last(user.id(), "verify"), HERE);
        return user;
    }

    private int triesLeft(User user) {
        return jdbc.sql("select tries_left from password_codes where user_id = ?")
                .param(user.id().value())
                .query(Integer.class)
                .single();
    }

    private boolean canSignIn(User user, String password) {
        return signingIn
                .signIn(Objects.requireNonNull(user.email()), password, UserFixture.SOMEWHERE)
                .isPresent();
    }

    private Tokens signIn(User user) {
        return signingIn
                .signIn(
                        Objects.requireNonNull(user.email()),
                        UserFixture.PASSWORD,
                        UserFixture.SOMEWHERE)
                .orElseThrow();
    }

    private static void refused(Why why, ThrowingCallable act) {
        assertThatExceptionOfType(PasswordRefused.class)
                .isThrownBy(act)
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(why));
    }

    private static void badToken(boolean expired, ThrowingCallable act) {
        assertThatExceptionOfType(BadToken.class)
                .isThrownBy(act)
                .satisfies(bad -> assertThat(bad.isExpired()).isEqualTo(expired));
    }
}
