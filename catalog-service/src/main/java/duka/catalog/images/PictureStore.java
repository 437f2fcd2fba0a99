package duka.catalog.images;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where the bytes of pictures are. What is kept under an id never changes; to keep it again or to
 * delete it again does nothing. Whatever keeps one of these from working is {@link StoreFailed}.
 */
interface PictureStore {

    /** A picture as it is read; whoever has it closes it. */
    record Stored(InputStream content, long length) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    void keep(UUID id, Developed picture);

    Optional<Stored> open(UUID id, Variant variant);

    void delete(Collection<UUID> ids);

    /** All ids of which there is anything, by the page. */
    void eachPage(Consumer<List<UUID>> reader);
}
