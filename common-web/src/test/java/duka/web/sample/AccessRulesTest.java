package duka.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import duka.web.AccessRules;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class AccessRulesTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "duka.messaging.MessagingConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
            })
    static class Careless {}

    private final WebApplicationContextRunner service =
            new WebApplicationContextRunner()
                    .withUserConfiguration(Careless.class)
                    .withPropertyValues(
                            "spring.application.name=careless", "eureka.client.enabled=false");

    @Test
    void a_service_that_says_nothing_about_access_does_not_start() {
        service.run(
                context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining(AccessRules.class.getName()));
    }

    @Test
    void a_service_without_a_database_starts_without_idempotency_keys() {
        service.withBean(AccessRules.class, () -> http -> http.anyRequest().authenticated())
                .run(context -> assertThat(context).hasNotFailed());
    }
}
