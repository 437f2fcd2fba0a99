package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.events.AccountEvent.AccountDeactivated;
import duka.events.AccountEvent.AccountReactivated;
import duka.events.AccountEvent.AccountRegistered;
import duka.events.AccountEvent.AccountRolesChanged;
import duka.messaging.Conversation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeService
class AccountKeepingIT {

    @Autowired Registering registering;
    @Autowired AccountKeeping accounts;
    @Autowired Conversation conversation;
    @Autowired JdbcClient jdbc;

    @Test
    void roles_are_replaced_and_all_are_told_once() {
        var user = UserFixture.customer(registering);

        accounts.giveRoles(user.id(), Set.of(Role.STORE_MANAGER), Actor.SHOP);
        accounts.giveRoles(user.id(), Set.of(Role.STORE_MANAGER), Actor.SHOP);

        assertThat(accounts.find(user.id()).roles()).containsExactly(Role.STORE_MANAGER);
        assertThat(conversation.said(user.id().value()))
                .containsExactly(
                        new AccountRegistered(user.id().value(), Set.of("CUSTOMER")),
                        new AccountRolesChanged(user.id().value(), Set.of("STORE_MANAGER")));
    }

    @Test
    void a_deactivated_account_can_come_back() {
        var user = UserFixture.customer(registering);

        accounts.deactivate(user.id(), Actor.SHOP);
        accounts.reactivate(user.id(), Actor.SHOP);

        assertThat(accounts.find(user.id()).active()).isTrue();
        assertThat(conversation.said(user.id().value()))
                .containsSubsequence(
                        new AccountDeactivated(user.id().value()),
                        new AccountReactivated(user.id().value()));
    }

    @Test
    void the_last_admin_stays_one() {
        noAdmins();
        var admin = registering(Role.ADMIN);

        assertThatExceptionOfType(LastAdmin.class)
                .isThrownBy(
                        () -> accounts.giveRoles(admin.id(), Set.of(Role.CUSTOMER), Actor.SHOP));
        assertThatExceptionOfType(LastAdmin.class)
                .isThrownBy(() -> accounts.deactivate(admin.id(), Actor.SHOP));
        assertThat(accounts.find(admin.id()).administers()).isTrue();
    }

    @Test
    void two_admins_who_dismiss_each_other_at_once_do_not_both_go() throws Exception {
        for (int round = 0; round < 5; round++) {
            noAdmins();
            var one = registering(Role.ADMIN);
            var other = registering(Role.ADMIN);
            Callable<User> dismissOne =
                    () -> accounts.giveRoles(one.id(), Set.of(Role.CUSTOMER), Actor.SHOP);
            Callable<User> dismissOther =
                    () -> accounts.giveRoles(other.id(), Set.of(Role.CUSTOMER), Actor.SHOP);

            try (var both = Executors.newFixedThreadPool(2)) {
                var failed =
                        both.invokeAll(List.of(dismissOne, dismissOther)).stream()
                                .filter(it -> it.state() == Future.State.FAILED)
                                .map(Future::exceptionNow)
                                .toList();
                assertThat(failed).singleElement().isInstanceOf(LastAdmin.class);
            }
        }
    }

    @Test
    void users_are_found_by_part_of_a_name_page_by_page() {
        var family = "kip" + UUID.randomUUID().toString().replace("-", "");
        for (int i = 0; i < 3; i++) {
            registering.register(
                    family + i,
                    null,
                    UserFixture.PASSWORD,
                    Profile.named("Kip", "Otieno 100%", ""),
                    UserFixture.SOMEWHERE);
        }
        var search = new UserSearch(family.toUpperCase(), Role.CUSTOMER, true);

        assertThat(accounts.count(search)).isEqualTo(3);
        assertThat(accounts.list(search, "lower(username) desc", 2, 0))
                .extracting(User::username)
                .containsExactly(family + 2, family + 1);
        assertThat(accounts.list(search, "lower(username) desc", 2, 2))
                .extracting(User::username)
                .containsExactly(family + 0);
        assertThat(accounts.count(new UserSearch("100_", null, null))).isZero();
        assertThat(accounts.count(new UserSearch(family, Role.VENDOR, null))).isZero();
        assertThat(accounts.count(new UserSearch(family, null, false))).isZero();
    }

    private User registering(Role role) {
        var user = UserFixture.customer(registering);
        return accounts.giveRoles(user.id(), Set.of(role), Actor.SHOP);
    }

    private void noAdmins() {
        jdbc.sql("update users set active = false where 'ADMIN' = any (roles)").update();
    }
}
