package duka.web.sample;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class Notes {

    private final JdbcClient jdbc;

    Notes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    UUID write(String text) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into notes (id, text) values (?, ?)").param(id).param(text).update();
        return id;
    }

    /** A write that needs some time, as others would. */
    UUID writeSlowly(String text) {
        var id = write(text);
        jdbc.sql("select pg_sleep(0.3)").query().singleValue();
        return id;
    }
}
