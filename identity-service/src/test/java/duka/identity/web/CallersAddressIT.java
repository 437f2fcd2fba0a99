package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import duka.identity.SentMails;
import duka.testing.Infrastructure;
import duka.testing.Redis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom the gateway answers is known here, although it is the gateway that calls. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, Redis.class, SentMails.class})
class CallersAddressIT {

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;

    @Test
    void it_is_the_one_that_the_gateway_names() throws IOException, InterruptedException {
        var email = UUID.randomUUID() + "@example.com";
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder()
                                    .uri(
                                            URI.create(
                                                    "http://localhost:%d/api/v1/auth/register"
                                                            .formatted(port)))
                                    .header("Content-Type", "application/json")
                                    .header("X-Forwarded-For", "203.0.113.9")
                                    .header("User-Agent", "a browser")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"email\": \"%s\", \"password\": \"giraffe-42-lake\"}"
                                                            .formatted(email)))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
        }

        assertThat(
                        jdbc.sql(
                                        """
                                        select address || ' ' || user_agent from audit_log
                                         where act = 'REGISTERED'
                                           and subject_id = (select id from users where email = ?)
                                        """)
                                .param(email)
                                .query(String.class)
                                .single())
                .isEqualTo("203.0.113.9 a browser");
    }
}
