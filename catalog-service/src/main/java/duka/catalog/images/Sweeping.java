package duka.catalog.images;

import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes the bytes of pictures that are not there, left by crashes and by deleted categories. */
@Component
class Sweeping {

    private static final Logger log = LoggerFactory.getLogger(Sweeping.class);

    private final PictureStore store;
    private final Pictures pictures;
    private final ImagesProperties properties;
    private final Clock clock;

    Sweeping(PictureStore store, Pictures pictures, ImagesProperties properties, Clock clock) {
        this.store = store;
        this.pictures = pictures;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(cron = "${duka.images.sweep:0 45 * * * *}", zone = "UTC")
    @SchedulerLock(name = "sweep-images", lockAtMostFor = "PT1H")
    void sweep() {
        store.eachPage(this::sweep);
    }

    /** What is young may get its row yet. */
    private void sweep(List<UUID> kept) {
        var before = clock.instant().minus(properties.orphanAfter());
        var old =
                kept.stream()
                        .filter(id -> id.version() == 7 && Uuid7.instant(id).isBefore(before))
                        .toList();
        if (old.isEmpty()) {
            return;
        }
        var orphans = pictures.strangers(old);
        if (!orphans.isEmpty()) {
            store.delete(orphans);
            log.info("{} orphaned pictures are deleted", orphans.size());
        }
    }
}
