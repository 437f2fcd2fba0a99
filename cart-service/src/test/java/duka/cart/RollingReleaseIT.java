package duka.cart;

import duka.testing.Infrastructure;
import duka.testing.NextRelease;
import duka.testing.Statements;
import duka.web.TestTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class, Statements.class, Shelf.class})
@Transactional
class RollingReleaseIT {

    @Autowired Checkouts checkouts;
    @Autowired JdbcClient jdbc;

    final UUID somebody = UUID.randomUUID();

    @Test
    void checkouts_are_listed_when_the_next_version_adds_a_column() throws Exception {
        NextRelease.addsColumn(jdbc, "checkouts", () -> checkouts.history(somebody, 10, 0));
    }

    @Test
    void decisions_are_found_when_the_next_version_adds_a_column() throws Exception {
        NextRelease.addsColumn(jdbc, "checkouts", () -> checkouts.decided(List.of(somebody)));
    }
}
