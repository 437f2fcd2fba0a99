package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import duka.events.AccountEvent.AccountReactivated;
import duka.identity.IdentityProperties.Admin;
import duka.identity.PasswordCodes.Try;
import duka.messaging.Conversation;
import duka.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** What several replicas do that start at once on an empty database. */
@WholeService
class StartingIT {

    @Autowired IdentityProperties properties;
    @Autowired Users users;
    @Autowired Registering registering;
    @Autowired Passwords passwords;
    @Autowired Sessions sessions;
    @Autowired Conversation conversation;
    @Autowired SigningIn signingIn;
    @Autowired SigningKeys keys;
    @Autowired JwtDecoder decoder;
    @Autowired Outbox outbox;
    @Autowired AuditLog audit;
    @Autowired KeyProperties keyProperties;
    @Autowired ProofProperties proofProperties;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;
    @Autowired Clock clock;

    @Test
    void all_replicas_sign_with_the_same_key() throws Exception {
        jdbc.sql("delete from signing_keys").update();
        Callable<String> replica = () -> replica(properties).signing().getKeyID();

        try (var together = Executors.newFixedThreadPool(4)) {
            var used =
                    together
                            .invokeAll(IntStream.range(0, 4).mapToObj(_ -> replica).toList())
                            .stream()
                            .map(Future::resultNow)
                            .distinct();
            assertThat(used).hasSize(1);
        }
        assertThat(jdbc.sql("select count(*) from signing_keys").query(Long.class).single())
                .isEqualTo(1);
        keys.readAgain();
    }

    @Test
    void private_keys_are_not_readable_in_the_database() {
        var kept = jdbc.sql("select private_key from signing_keys").query(String.class).list();

        assertThat(kept).isNotEmpty().allSatisfy(key -> assertThat(key).doesNotContain("RSA"));
        assertThat(keys.published().toString(false)).doesNotContain("\"d\"");
    }

    @Test
    void with_the_wrong_secret_it_does_not_start() {
        var wrong = Base64.getEncoder().encodeToString(new byte[32]);

        assertThatIllegalStateException()
                .isThrownBy(() -> replica(with(wrong, null)))
                .withMessageContaining("signing-secret");
    }

    @Test
    void a_secret_may_end_in_a_new_line() {
        var user = UserFixture.customer(registering).id();
        var code = codes(properties.signingSecret()).make(user);

        assertThat(codes(properties.signingSecret() + "\n").tryOut(user, null, code))
                .isEqualTo(Try.RIGHT);
    }

    @Test
    void a_weak_password_of_the_first_admin_is_explained() {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();

        assertThatExceptionOfType(WeakPassword.class)
                .isThrownBy(() -> startWith(new Admin(UserFixture.someEmail(), "weak")))
                .withMessage(
                        "duka.identity.admin.password must have at least 8 characters,"
                                + " must have at least one digit");
    }

    @Test
    void the_first_admin_is_made_once() throws Exception {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();
        var email = UserFixture.someEmail();
        Callable<Boolean> replica = () -> startWith(new Admin(email, UserFixture.PASSWORD));

        try (var together = Executors.newFixedThreadPool(4)) {
            together.invokeAll(IntStream.range(0, 4).mapToObj(_ -> replica).toList())
                    .forEach(Future::resultNow);
        }
        startWith(new Admin(UserFixture.someEmail(), UserFixture.PASSWORD));

        var admins = jdbc.sql("select email from users where 'ADMIN' = any (roles) and active");
        assertThat(admins.query(String.class).list()).containsExactly(email);
        assertThat(signingIn.signIn(email, UserFixture.PASSWORD, UserFixture.SOMEWHERE))
                .isPresent();
    }

    @Test
    void a_customer_of_that_address_becomes_the_first_admin() {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();
        var customer = UserFixture.customer(registering);
        var email = Objects.requireNonNull(customer.email());
        users.update(customer.withEmailVerified(true));

        startWith(new Admin(email, "giraffe-43-lake"));

        assertThat(users.find(customer.id()).orElseThrow().roles())
                .containsExactly(Role.CUSTOMER, Role.ADMIN);
        assertThat(signingIn.signIn(email, UserFixture.PASSWORD, UserFixture.SOMEWHERE))
                .isPresent();
        assertThat(conversation.said(customer.id().value()))
                .doesNotHaveAnyElementsOfTypes(AccountReactivated.class);
    }

    @Test
    void who_has_only_registered_that_address_loses_it_to_the_first_admin() {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();
        var squatter = UserFixture.customer(registering);
        var email = Objects.requireNonNull(squatter.email());
        var tokens =
                signingIn.signIn(email, UserFixture.PASSWORD, UserFixture.SOMEWHERE).orElseThrow();
        users.update(squatter.with(false));

        startWith(new Admin(email, "giraffe-43-lake"));

        assertThat(users.find(squatter.id()).orElseThrow())
                .returns(true, User::emailVerified)
                .returns(true, User::administers);
        assertThat(signingIn.refresh(tokens.refresh(), UserFixture.SOMEWHERE)).isEmpty();
        assertThat(signingIn.signIn(email, UserFixture.PASSWORD, UserFixture.SOMEWHERE)).isEmpty();
        assertThat(signingIn.signIn(email, "giraffe-43-lake", UserFixture.SOMEWHERE)).isPresent();
        assertThat(conversation.said(squatter.id().value()))
                .contains(new AccountReactivated(squatter.id().value()));
    }

    @Test
    void a_database_that_is_away_at_that_moment_is_waited_for() {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();
        var email = UserFixture.someEmail();

        startWith(new Admin(email, UserFixture.PASSWORD), new AwayAtFirst(transaction));

        assertThat(signingIn.signIn(email, UserFixture.PASSWORD, UserFixture.SOMEWHERE))
                .isPresent();
    }

    private static final class AwayAtFirst extends TransactionTemplate {

        private boolean back;

        AwayAtFirst(TransactionTemplate of) {
            super(Objects.requireNonNull(of.getTransactionManager()));
        }

        @Override
        public <T> @Nullable T execute(TransactionCallback<T> work) {
            if (!back) {
                back = true;
                throw new CannotCreateTransactionException("the database is away");
            }
            return super.execute(work);
        }
    }

    private boolean startWith(Admin admin) {
        return startWith(admin, transaction);
    }

    private boolean startWith(Admin admin, TransactionTemplate transaction) {
        new FirstAdmin(
                        users,
                        registering,
                        passwords,
                        sessions,
                        outbox,
                        audit,
                        jdbc,
                        transaction,
                        with(properties.signingSecret(), admin))
                .run(new DefaultApplicationArguments());
        return true;
    }

    private SigningKeys replica(IdentityProperties with) {
        var replica = new SigningKeys(jdbc, transaction, audit, clock, with, keyProperties);
        replica.start();
        return replica;
    }

    private PasswordCodes codes(String secret) {
        return new PasswordCodes(jdbc, clock, proofProperties, with(secret, null));
    }

    private String signIn(User user) {
        return signingIn
                .signIn(
                        Objects.requireNonNull(user.email()),
                        UserFixture.PASSWORD,
                        UserFixture.SOMEWHERE)
                .orElseThrow()
                .access();
    }

    private static IdentityProperties with(String secret, @Nullable Admin admin) {
        return new IdentityProperties(secret, Duration.ofMinutes(15), Duration.ofDays(7), admin);
    }
}
