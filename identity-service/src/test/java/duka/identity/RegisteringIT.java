package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.events.AccountEvent.AccountRegistered;
import duka.messaging.Conversation;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeService
class RegisteringIT {

    @Autowired Registering registering;
    @Autowired AccountKeeping accounts;
    @Autowired Conversation conversation;
    @Autowired JdbcClient jdbc;

    @Test
    void who_signs_up_is_a_customer_and_all_are_told() {
        var user = UserFixture.customer(registering);

        assertThat(accounts.find(user.id()).roles()).containsExactly(Role.CUSTOMER);
        assertThat(conversation.said(user.id().value()))
                .containsExactly(new AccountRegistered(user.id().value(), Set.of("CUSTOMER")));
    }

    @Test
    void the_password_is_kept_as_a_hash() {
        var user = UserFixture.customer(registering);

        var kept =
                jdbc.sql("select password_hash from users where id = ?")
                        .param(user.id().value())
                        .query(String.class)
                        .single();
        assertThat(kept).startsWith("{bcrypt}").doesNotContain(UserFixture.PASSWORD);
    }

    @Test
    void names_that_differ_only_in_case_are_the_same() {
        var username = UserFixture.someName();
        var user = UserFixture.customer(registering, username);

        assertThatExceptionOfType(Taken.class)
                .isThrownBy(() -> UserFixture.customer(registering, username.toUpperCase()))
                .satisfies(taken -> assertThat(taken.field()).isEqualTo("username"));
        assertThatExceptionOfType(Taken.class)
                .isThrownBy(
                        () ->
                                registering.register(
                                        null,
                                        String.valueOf(user.email()).toUpperCase(),
                                        UserFixture.PASSWORD,
                                        UserFixture.NOBODY,
                                        UserFixture.SOMEWHERE))
                .satisfies(taken -> assertThat(taken.field()).isEqualTo("email"));
    }

    @Test
    void of_many_that_want_one_name_at_once_one_gets_it() throws Exception {
        var email = UserFixture.someEmail();
        Callable<User> wish =
                () ->
                        registering.register(
                                null,
                                email,
                                UserFixture.PASSWORD,
                                UserFixture.NOBODY,
                                UserFixture.SOMEWHERE);

        int registered = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : crowd.invokeAll(IntStream.range(0, 8).mapToObj(_ -> wish).toList())) {
                try {
                    each.get();
                    registered++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(Taken.class);
                }
            }
        }

        assertThat(registered).isEqualTo(1);
    }
}
