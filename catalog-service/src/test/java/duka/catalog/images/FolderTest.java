package duka.catalog.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest extends PictureStoreContract {

    @TempDir Path root;

    @Override
    PictureStore store() {
        return new Folder(root.resolve("images"));
    }

    @Test
    void a_file_is_whole_or_not_there() throws IOException {
        store().keep(id, picture);
        try (var files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile).map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrder(id + "-full", id + "-thumbnail");
        }
    }

    @Test
    void what_a_crash_left_behind_is_deleted_as_well() throws IOException {
        store().keep(id, picture);
        var shelf = root.resolve("images").resolve(id.toString().substring(34));
        Files.writeString(shelf.resolve(id + "-full.1.part"), "half a pic");
        store().delete(Set.of(id));
        assertThat(shelf).isEmptyDirectory();
    }

    @Test
    void what_is_not_ours_is_let_be() throws IOException {
        store().keep(id, picture);
        var others = root.resolve("images/1.jpg");
        Files.writeString(others, "somebody else's");
        store().eachPage(ids -> assertThat(ids).containsExactly(id));
        assertThat(others).exists();
    }

    @Test
    void a_folder_that_cannot_be_written_is_said() throws IOException {
        Files.writeString(root.resolve("images"), "no folder");
        assertThatExceptionOfType(StoreFailed.class).isThrownBy(() -> store().keep(id, picture));
    }
}
