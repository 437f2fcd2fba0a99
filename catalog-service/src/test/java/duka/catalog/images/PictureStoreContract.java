package duka.catalog.images;

import static org.assertj.core.api.Assertions.assertThat;

import duka.messaging.Uuid7;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of pictures must do. */
abstract class PictureStoreContract {

    final UUID id = Uuid7.mint(Clock.systemUTC());
    final Developed picture =
            new Developed(Format.JPEG, 4, 2, new byte[] {1, 2, 3, 4}, new byte[] {1, 2});

    abstract PictureStore store();

    @Test
    void it_gives_what_it_keeps() throws IOException {
        store().keep(id, picture);
        store().keep(id, picture);
        assertThat(read(Variant.FULL)).isEqualTo(picture.full());
        assertThat(read(Variant.THUMBNAIL)).isEqualTo(picture.thumbnail());
    }

    @Test
    void it_has_nothing_else() {
        assertThat(store().open(id, Variant.FULL)).isEmpty();
    }

    @Test
    void what_is_deleted_is_gone() {
        store().keep(id, picture);
        store().delete(Set.of(id));
        store().delete(Set.of(id));
        assertThat(store().open(id, Variant.FULL)).isEmpty();
        assertThat(store().open(id, Variant.THUMBNAIL)).isEmpty();
        assertThat(all()).doesNotContain(id);
    }

    @Test
    void it_tells_all_that_it_has() {
        var another = Uuid7.mint(Clock.systemUTC());
        store().keep(id, picture);
        store().keep(another, picture);
        assertThat(all()).contains(id, another).doesNotHaveDuplicates();
    }

    private List<UUID> all() {
        var all = new ArrayList<UUID>();
        store().eachPage(all::addAll);
        return all;
    }

    private byte[] read(Variant variant) throws IOException {
        try (var stored = store().open(id, variant).orElseThrow()) {
            var bytes = stored.content().readAllBytes();
            assertThat(stored.length()).isEqualTo(bytes.length);
            return bytes;
        }
    }
}
