package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import duka.identity.SigningIn.Tokens;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.transaction.support.TransactionTemplate;

@WholeService
class SigningInIT {

    @Autowired Registering registering;
    @Autowired SigningIn signingIn;
    @Autowired AccountKeeping accounts;
    @Autowired Sessions sessions;
    @Autowired Users users;
    @Autowired TransactionTemplate transaction;
    @Autowired JwtDecoder decoder;
    @Autowired JdbcClient jdbc;

    @Test
    void the_token_says_who_one_is() {
        var user = UserFixture.customer(registering);

        var token = decoder.decode(signIn(user).access());

        assertThat(token.getSubject()).isEqualTo(user.id().toString());
        assertThat(token.getClaimAsString("iss")).isEqualTo("duka");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("CUSTOMER");
        assertThat(token.getId()).isNotBlank();
        assertThat(token.getExpiresAt())
                .isEqualTo(Objects.requireNonNull(token.getIssuedAt()).plusSeconds(900));
    }

    @Test
    void username_and_email_address_both_do_in_any_case() {
        var username = UserFixture.someName();
        var user = UserFixture.customer(registering, username);
        var email = Objects.requireNonNull(user.email());

        assertThat(
                        signingIn.signIn(
                                username.toUpperCase(),
                                UserFixture.PASSWORD,
                                UserFixture.SOMEWHERE))
                .isPresent();
        assertThat(
                        signingIn.signIn(
                                email.toUpperCase(), UserFixture.PASSWORD, UserFixture.SOMEWHERE))
                .isPresent();
    }

    @Test
    void the_wrong_password_opens_nothing_and_neither_does_a_name_that_nobody_has() {
        var user = UserFixture.customer(registering);

        assertThat(
                        signingIn.signIn(
                                Objects.requireNonNull(user.email()),
                                "giraffe-43-lake",
                                UserFixture.SOMEWHERE))
                .isEmpty();
        assertThat(
                        signingIn.signIn(
                                UserFixture.someEmail(),
                                UserFixture.PASSWORD,
                                UserFixture.SOMEWHERE))
                .isEmpty();
    }

    @Test
    void a_password_that_is_changed_while_it_is_checked_opens_nothing() throws Exception {
        var user = UserFixture.customer(registering);
        try (var meanwhile = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempt =
                    transaction.execute(
                            _ -> {
                                users.setPassword(user.id(), "{noop}another");
                                var checking = meanwhile.submit(() -> tryToSignIn(user));
                                await().until(this::somebodyWaits);
                                return checking;
                            });
            assertThat(attempt.get()).isEmpty();
        }
        assertThat(sessions.countOpen(user.id())).isZero();
    }

    @Test
    void refreshing_gives_new_tokens_again_and_again() {
        var first = signIn(UserFixture.customer(registering));

        var second = signingIn.refresh(first.refresh(), UserFixture.SOMEWHERE).orElseThrow();
        var third = signingIn.refresh(second.refresh(), UserFixture.SOMEWHERE).orElseThrow();

        assertThat(Set.of(first.refresh(), second.refresh(), third.refresh())).hasSize(3);
        assertThat(third.user()).isEqualTo(first.user());
    }

    @Test
    void an_old_refresh_token_ends_all_that_came_from_it() {
        var user = UserFixture.customer(registering);
        var first = signIn(user);
        var elsewhere = signIn(user);
        var second = signingIn.refresh(first.refresh(), UserFixture.SOMEWHERE).orElseThrow();

        assertThat(signingIn.refresh(first.refresh(), UserFixture.SOMEWHERE)).isEmpty();

        assertThat(signingIn.refresh(second.refresh(), UserFixture.SOMEWHERE)).isEmpty();
        assertThat(signingIn.refresh(elsewhere.refresh(), UserFixture.SOMEWHERE)).isPresent();
    }

    @Test
    void of_many_that_refresh_with_one_token_at_most_one_gets_on() throws Exception {
        for (int round = 0; round < 10; round++) {
            var token = signIn(UserFixture.customer(registering)).refresh();
            Callable<Optional<Tokens>> refresh =
                    () -> signingIn.refresh(token, UserFixture.SOMEWHERE);

            try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
                var on =
                        crowd
                                .invokeAll(IntStream.range(0, 8).mapToObj(_ -> refresh).toList())
                                .stream()
                                .map(Future::resultNow)
                                .filter(Optional::isPresent)
                                .count();
                assertThat(on).isEqualTo(1);
            }
        }
    }

    @Test
    void who_has_signed_out_gets_no_new_tokens() {
        var first = signIn(UserFixture.customer(registering));
        var second = signingIn.refresh(first.refresh(), UserFixture.SOMEWHERE).orElseThrow();

        signingIn.signOut(second.refresh(), UserFixture.SOMEWHERE);
        signingIn.signOut("no token at all", UserFixture.SOMEWHERE);

        assertThat(signingIn.refresh(second.refresh(), UserFixture.SOMEWHERE)).isEmpty();
    }

    @Test
    void an_inactive_account_can_neither_sign_in_nor_stay() {
        var user = UserFixture.customer(registering);
        var tokens = signIn(user);

        accounts.deactivate(user.id(), Actor.SHOP);

        assertThat(signingIn.refresh(tokens.refresh(), UserFixture.SOMEWHERE)).isEmpty();
        assertThat(
                        signingIn.signIn(
                                Objects.requireNonNull(user.email()),
                                UserFixture.PASSWORD,
                                UserFixture.SOMEWHERE))
                .isEmpty();
    }

    @Test
    void new_roles_are_in_the_next_token() {
        var user = UserFixture.customer(registering);
        var tokens = signIn(user);

        accounts.giveRoles(user.id(), Set.of(Role.CUSTOMER, Role.VENDOR), Actor.SHOP);

        var next = signingIn.refresh(tokens.refresh(), UserFixture.SOMEWHERE).orElseThrow();
        assertThat(decoder.decode(next.access()).getClaimAsStringList("roles"))
                .containsExactlyInAnyOrder("CUSTOMER", "VENDOR");
    }

    @Test
    void an_expired_refresh_token_is_refused_and_then_forgotten() {
        var user = UserFixture.customer(registering);
        var tokens = signIn(user);
        jdbc.sql("update refresh_tokens set expires_at = now() - interval '1 minute'").update();
        jdbc.sql("update sessions set expires_at = now() - interval '1 minute'").update();

        assertThat(signingIn.refresh(tokens.refresh(), UserFixture.SOMEWHERE)).isEmpty();
        sessions.forgetExpired();

        assertThat(jdbc.sql("select count(*) from sessions").query(Long.class).single()).isZero();
        assertThat(signingIn.refresh(tokens.refresh(), UserFixture.SOMEWHERE)).isEmpty();
    }

    @Test
    void a_refresh_token_is_kept_as_a_hash() {
        var token = signIn(UserFixture.customer(registering)).refresh();

        assertThat(
                        jdbc.sql(
                                        "select count(*) from refresh_tokens where hash = sha256(?::bytea)")
                                .param(token.getBytes())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    private Tokens signIn(User user) {
        return tryToSignIn(user).orElseThrow();
    }

    private Optional<Tokens> tryToSignIn(User user) {
        return signingIn.signIn(
                Objects.requireNonNull(user.email()), UserFixture.PASSWORD, UserFixture.SOMEWHERE);
    }

    private boolean somebodyWaits() {
        return jdbc.sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }
}
