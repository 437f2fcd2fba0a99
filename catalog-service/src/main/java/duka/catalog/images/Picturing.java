package duka.catalog.images;

import duka.catalog.Cache;
import duka.catalog.images.Subject.Kind;
import duka.messaging.Uuid7;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What staff and vendors can do with pictures. The bytes are kept before there is a row and deleted
 * after it is gone: a crash in between leaves bytes that nobody asks for, and {@link Sweeping}
 * takes them away.
 */
@Service
public class Picturing {

    private static final Logger log = LoggerFactory.getLogger(Picturing.class);

    /** How a wish to add a picture ends. */
    public sealed interface Hanging {

        record Done(Picture picture) implements Hanging {}

        record NothingToPicture() implements Hanging {}

        record TooMany(int most) implements Hanging {}
    }

    /**
     * @param position from 0; past the end is the end
     */
    public record Caption(@Nullable String alt, int position) {}

    private final Darkroom darkroom;
    private final PictureStore store;
    private final Pictures pictures;
    private final TransactionTemplate transaction;
    private final Cache cache;
    private final ImagesProperties properties;
    private final Clock clock;

    Picturing(
            Darkroom darkroom,
            PictureStore store,
            Pictures pictures,
            TransactionTemplate transaction,
            Cache cache,
            ImagesProperties properties,
            Clock clock) {
        this.darkroom = darkroom;
        this.store = store;
        this.pictures = pictures;
        this.transaction = transaction;
        this.cache = cache;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Adds a picture behind those that there are.
     *
     * @throws BadPicture if the upload is none that we take
     */
    public Hanging hang(Subject subject, InputStreamSource upload, @Nullable String alt, UUID by) {
        var kept = keep(upload);
        var end = transaction.execute(_ -> hang(subject, kept, alt, by));
        if (!(end instanceof Hanging.Done)) {
            delete(kept.id());
        }
        return end;
    }

    /**
     * Makes something that has a picture from the beginning: both or, when the picture is bad or
     * the creation throws, neither.
     *
     * @param creation run in a transaction
     * @return what it has made
     * @throws BadPicture if the upload is none that we take
     */
    public UUID exhibit(
            Kind kind,
            InputStreamSource upload,
            @Nullable String alt,
            UUID by,
            Supplier<UUID> creation) {
        var kept = keep(upload);
        return transaction.execute(
                _ -> {
                    var subject = new Subject(kind, creation.get());
                    if (hang(subject, kept, alt, by) instanceof Hanging.Done) {
                        return subject.id();
                    }
                    throw new IllegalStateException("%s cannot be pictured".formatted(subject));
                });
    }

    /**
     * Changes something and puts a picture in front of those that it has: both or, when the picture
     * is bad, has no room or the change throws, neither.
     *
     * @param change run in a transaction; says what has been changed
     * @throws BadPicture if the upload is none that we take
     */
    public Hanging present(Kind kind, InputStreamSource upload, UUID by, Supplier<UUID> change) {
        var kept = keep(upload);
        var end =
                transaction.execute(
                        status -> {
                            var subject = new Subject(kind, change.get());
                            var hung = hang(subject, kept, null, by);
                            if (hung instanceof Hanging.Done(var picture)) {
                                return new Hanging.Done(
                                        change(picture, now -> new Caption(now.alt(), 0)));
                            }
                            status.setRollbackOnly();
                            return hung;
                        });
        if (!(end instanceof Hanging.Done)) {
            delete(kept.id());
        }
        return end;
    }

    /** Whoever changes it sees its caption first and may refuse. */
    public Optional<Picture> change(UUID id, UnaryOperator<Caption> wish) {
        return transaction.execute(
                _ ->
                        pictures.find(id)
                                .filter(it -> touch(it.subject()))
                                .flatMap(_ -> pictures.find(id))
                                .map(it -> change(it, wish)));
    }

    /**
     * @return whether it was there
     */
    public boolean remove(UUID id) {
        boolean removed =
                transaction.execute(
                        _ ->
                                pictures.find(id)
                                        .filter(it -> touch(it.subject()))
                                        .map(
                                                it -> {
                                                    pictures.remove(id);
                                                    pictures.arrange(of(it.subject()));
                                                    return true;
                                                })
                                        .orElse(false));
        if (removed) {
            delete(id);
        }
        return removed;
    }

    /** Nothing where there is no such picture. */
    public Optional<Shown> show(UUID id, Variant variant) {
        return store.open(id, variant).map(stored -> new Shown(stored.content(), stored.length()));
    }

    /**
     * @param content to be closed by whoever asked for it
     */
    public record Shown(InputStream content, long length) {}

    /** An upload whose bytes are in the store and need not be in memory any more. */
    private record Kept(UUID id, Format format, int width, int height) {}

    private Kept keep(InputStreamSource upload) {
        return darkroom.develop(
                upload,
                developed -> {
                    var id = Uuid7.mint(clock);
                    store.keep(id, developed);
                    return new Kept(id, developed.format(), developed.width(), developed.height());
                });
    }

    private Hanging hang(Subject subject, Kept kept, @Nullable String alt, UUID by) {
        if (!touch(subject)) {
            return new Hanging.NothingToPicture();
        }
        int position = of(subject).size();
        if (position >= properties.most()) {
            return new Hanging.TooMany(properties.most());
        }
        var picture =
                new Picture(
                        kept.id(),
                        subject,
                        position,
                        alt,
                        kept.format(),
                        kept.width(),
                        kept.height(),
                        by,
                        clock.instant());
        pictures.add(picture);
        return new Hanging.Done(picture);
    }

    private boolean touch(Subject subject) {
        cache.forgetAfterCommit();
        return pictures.touch(subject, clock.instant());
    }

    private Picture change(Picture picture, UnaryOperator<Caption> wish) {
        var caption = wish.apply(new Caption(picture.alt(), picture.position()));
        var order = new ArrayList<>(of(picture.subject()));
        order.removeIf(it -> it.id().equals(picture.id()));
        order.add(Math.min(caption.position(), order.size()), picture);
        pictures.arrange(order);
        pictures.describe(picture.id(), caption.alt());
        return pictures.find(picture.id()).orElseThrow();
    }

    private List<Picture> of(Subject subject) {
        return pictures.of(subject.kind(), Set.of(subject.id()))
                .getOrDefault(subject.id(), List.of());
    }

    /** Inside a transaction it is left to be swept: a connection would wait for the store. */
    private void delete(UUID id) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return;
        }
        try {
            store.delete(Set.of(id));
        } catch (StoreFailed e) {
            log.warn("picture {} is left to be swept: {}", id, String.valueOf(e.getCause()));
        }
    }
}
