package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@WholeService
class AuditLogIT {

    @Autowired AuditLog audit;
    @Autowired Registering registering;
    @Autowired SigningIn signingIn;
    @Autowired AccountKeeping accounts;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient jdbc;

    @Test
    void it_tells_who_did_what_to_whom_and_from_where() {
        var user = UserFixture.customer(registering);
        var admin = new Actor(new UserId(UUID.randomUUID()), null, "198.51.100.77", "a browser");

        accounts.giveRoles(user.id(), Set.of(Role.STORE_MANAGER), admin);

        assertThat(about(user))
                .filteredOn(entry -> entry.act() == Act.ROLES_CHANGED)
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.actor()).isEqualTo(admin.id().value());
                            assertThat(entry.address()).isEqualTo("198.51.100.77");
                            assertThat(entry.details())
                                    .isEqualTo("from [CUSTOMER] to [STORE_MANAGER]");
                        });
    }

    @Test
    void it_tells_of_sign_ins_that_succeed_and_of_those_that_fail() {
        var user = UserFixture.customer(registering);

        signIn(user, "wrong-42");
        signIn(user, UserFixture.PASSWORD);

        assertThat(about(user))
                .extracting(AuditEntry::act)
                .containsExactly(Act.SIGNED_IN, Act.SIGN_IN_FAILED, Act.REGISTERED);
    }

    @Test
    void it_tells_once_that_somebody_has_to_wait() {
        var user = UserFixture.customer(registering);
        for (int i = 0; i < 10; i++) {
            try {
                signIn(user, "wrong-42");
            } catch (TooManyTries e) {
                assertThat(i).isGreaterThanOrEqualTo(5);
            }
        }

        assertThat(about(user))
                .extracting(AuditEntry::act)
                .filteredOn(act -> act == Act.SIGN_IN_THROTTLED)
                .hasSize(1);
    }

    @Test
    void it_does_not_tell_of_what_has_not_happened() {
        var user = UserFixture.customer(registering);

        transaction.executeWithoutResult(
                status -> {
                    accounts.giveRoles(user.id(), Set.of(Role.STORE_MANAGER), Actor.SHOP);
                    status.setRollbackOnly();
                });

        assertThat(about(user)).extracting(AuditEntry::act).containsExactly(Act.REGISTERED);
    }

    @Test
    void it_has_nothing_secret_and_no_names() {
        var user = UserFixture.customer(registering);
        signIn(user, "wrong-42");

        assertThat(about(user))
                .allSatisfy(
                        entry ->
                                assertThat(entry.toString())
                                        .doesNotContain("wrong-42")
                                        .doesNotContain(String.valueOf(user.email())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_log set details = ''",
                "delete from audit_log",
                "truncate audit_log"
            })
    void nothing_is_rewritten(String sql) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql(sql).update())
                .withMessageContaining("only added to");
    }

    private void signIn(User user, String password) {
        signingIn.signIn(Objects.requireNonNull(user.email()), password, UserFixture.SOMEWHERE);
    }

    private List<AuditEntry> about(User user) {
        return audit.list(
                new AuditSearch(null, null, user.id().value(), null, null, null),
                "happened_at desc, id desc",
                50,
                0);
    }
}
