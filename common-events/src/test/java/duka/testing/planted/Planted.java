package duka.testing.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import duka.testing.planted.web.View;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.data.repository.Repository;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.RestController;

/** Each of these breaks the rule whose name it has. */
final class Planted {

    static class OnlySagasAndFeedsListen {
        @KafkaListener(topics = "any")
        void on(String heard) {}
    }

    record OnlyTheOutboxSpeaks(KafkaTemplate<String, byte[]> kafka) {}

    @Entity
    static class TheModelKnowsNoSpring {
        @Id @Nullable UUID id;
        @Nullable ApplicationContext spring;
    }

    record NothingDependsOnWeb(View view) {}

    public interface RepositoriesAreHidden extends Repository<TheModelKnowsNoSpring, UUID> {}

    @RestController
    public static class ControllersAreHidden {}

    static class TimeComesFromAClock {
        Object now() {
            return Instant.now();
        }
    }

    static class TimeComesFromAClockToday {
        Object today() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    static class TimeComesFromAClockInMilliseconds {
        Object now() {
            return System.currentTimeMillis();
        }
    }

    static class TimeComesFromAClockAsADate {
        Object now() {
            return new Date();
        }
    }

    static class NothingWaitsInTheCommonPool {
        Object later() {
            return CompletableFuture.supplyAsync(() -> "waited for");
        }
    }

    record JsonIsJackson3(ObjectMapper mapper) {}

    static class NoFieldInjection {
        @Autowired @Nullable ApplicationContext spring;
    }

    record ConfigurationIsARecord(@Value("${any}") String any) {}

    static class NamesSaySomethingImpl {}

    static class StatementsNameTheirColumns {
        String sql(String where) {
            return "select * from plants " + where;
        }
    }

    private Planted() {}
}
