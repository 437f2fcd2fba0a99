package duka.catalog.images;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Pictures as files, in folders that are named by the end of their ids, for these begin alike. A
 * file appears whole or not at all.
 */
class Folder implements PictureStore {

    private static final String UNFINISHED = ".part";

    private final Path root;

    Folder(Path root) {
        this.root = root;
    }

    @Override
    public void keep(UUID id, Developed picture) {
        try {
            Files.createDirectories(shelf(id));
            for (var variant : Variant.values()) {
                write(file(id, variant), picture.in(variant));
            }
        } catch (IOException e) {
            throw new StoreFailed("picture %s cannot be kept".formatted(id), e);
        }
    }

    /** On disk before it has its name: a power cut leaves no empty file under it. */
    private static void write(Path file, byte[] bytes) throws IOException {
        var part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            try (var out = FileChannel.open(part, CREATE_NEW, WRITE)) {
                var rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(part, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public Optional<Stored> open(UUID id, Variant variant) {
        var file = file(id, variant);
        try {
            return Optional.of(new Stored(Files.newInputStream(file), Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailed("picture %s cannot be read".formatted(id), e);
        }
    }

    @Override
    public void delete(Collection<UUID> ids) {
        for (var id : ids) {
            try {
                for (var file : filesOf(id)) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new StoreFailed("picture %s cannot be deleted".formatted(id), e);
            }
        }
    }

    /** Those of a crash, too. */
    private List<Path> filesOf(UUID id) throws IOException {
        if (!Files.isDirectory(shelf(id))) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(shelf(id), id + "*")) {
            var found = new ArrayList<Path>();
            files.forEach(found::add);
            return found;
        }
    }

    /** A page is what stands in one folder. */
    @Override
    public void eachPage(Consumer<List<UUID>> reader) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var shelves = Files.newDirectoryStream(root, "[0-9a-f][0-9a-f]")) {
            for (var shelf : shelves) {
                var ids = new LinkedHashSet<UUID>();
                try (var files = Files.newDirectoryStream(shelf)) {
                    files.forEach(
                            file -> Keys.id(file.getFileName().toString()).ifPresent(ids::add));
                }
                reader.accept(List.copyOf(ids));
            }
        } catch (IOException e) {
            throw new StoreFailed("%s cannot be listed".formatted(root), e);
        }
    }

    private Path shelf(UUID id) {
        var name = id.toString();
        return root.resolve(name.substring(name.length() - 2));
    }

    private Path file(UUID id, Variant variant) {
        return shelf(id).resolve(Keys.of(id, variant));
    }
}
