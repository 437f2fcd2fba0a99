package duka.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A service's jar as the JVM likes it: a plain jar beside its libraries, as {@code -Djarmode=tools
 * extract} leaves it, but without a JVM of its own for each of the eight.
 *
 * @param jar the program, whose manifest names its libraries
 */
record Unpacked(Path jar, AotCache cache) {

    /** What a folder is called until all is in it. */
    static final String DRAFT = "unpacking-";

    /** Libraries that several services have: one file on disk and in memory for all of them. */
    private static final String SHARED = "libraries";

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    static Unpacked of(Path bootJar, Path into) {
        String name = bootJar.getFileName().toString().replaceFirst("-[0-9].*", "");
        try (var source = new JarFile(bootJar.toFile())) {
            Path folder = into.resolve(name + "-" + identity(source));
            if (!Files.exists(folder)) {
                forgetOlder(name, into);
                Path next = Files.createTempDirectory(into, DRAFT);
                unpack(source, name, next, Files.createDirectories(into.resolve(SHARED)));
                Files.setLastModifiedTime(
                        next.resolve(name + ".jar"), Files.getLastModifiedTime(bootJar));
                publish(next, folder);
            }
            return new Unpacked(
                    folder.resolve(name + ".jar"), new AotCache(folder.resolve(name + ".aot")));
        } catch (IOException e) {
            throw new Trouble("Cannot unpack %s: %s".formatted(bootJar, e.getMessage()), e);
        }
    }

    /** The one that was unpacked last, though its jar may have been built anew since. */
    static Optional<Unpacked> last(String name, Path in) {
        try (var folders = Files.newDirectoryStream(in, name + "-*")) {
            for (Path folder : folders) {
                return Optional.of(
                        new Unpacked(
                                folder.resolve(name + ".jar"),
                                new AotCache(folder.resolve(name + ".aot"))));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for the same content, however often it was built. */
    private static String identity(JarFile jar) {
        var entries = new StringBuilder(AotCache.runtime());
        jar.stream()
                .filter(entry -> !entry.isDirectory())
                .forEach(entry -> entries.append(entry.getName()).append(entry.getCrc()));
        return AotCache.digest(entries.toString());
    }

    /** What was interrupted before it was whole, and libraries that nobody has any more. */
    static void forgetLeftovers(Path in) {
        try (var drafts = Files.newDirectoryStream(in, DRAFT + "*");
                var libraries =
                        Files.newDirectoryStream(Files.createDirectories(in.resolve(SHARED)))) {
            drafts.forEach(Shop::delete);
            for (Path library : libraries) {
                if (Files.getAttribute(library, "unix:nlink").equals(1)) {
                    Files.delete(library);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forgetOlder(String name, Path into) throws IOException {
        try (var older = Files.newDirectoryStream(into, name + "-*")) {
            older.forEach(Shop::delete);
        }
    }

    private static void publish(Path next, Path folder) throws IOException {
        try {
            Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException somebodyElseDidIt) {
            Shop.delete(next);
        }
    }

    private static void unpack(JarFile source, String name, Path to, Path shared)
            throws IOException {
        Files.createDirectories(to.resolve("lib"));
        for (JarEntry entry :
                source.stream().filter(e -> e.getName().startsWith(LIBRARIES)).toList()) {
            if (!entry.isDirectory()) {
                String library = entry.getName().substring(LIBRARIES.length());
                link(to.resolve("lib").resolve(library), shared(source, entry, library, shared));
            }
        }
        try (OutputStream file = Files.newOutputStream(to.resolve(name + ".jar"));
                var jar = new JarOutputStream(file, manifest(source))) {
            for (JarEntry entry :
                    source.stream().filter(e -> e.getName().startsWith(CLASSES)).toList()) {
                String inside = entry.getName().substring(CLASSES.length());
                if (!inside.isEmpty()) {
                    var copy = new ZipEntry(inside);
                    copy.setTime(entry.getTime());
                    jar.putNextEntry(copy);
                    try (InputStream in = source.getInputStream(entry)) {
                        in.transferTo(jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    private static Path shared(JarFile source, JarEntry entry, String library, Path shared)
            throws IOException {
        Path file = shared.resolve("%08x-%s".formatted(entry.getCrc(), library));
        if (!Files.exists(file)) {
            Path draft = Files.createTempFile(shared, DRAFT, library);
            try (var in = source.getInputStream(entry)) {
                Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private static void link(Path link, Path file) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.copy(file, link);
        }
    }

    private static Manifest manifest(JarFile source) throws IOException {
        var manifest = new Manifest(source.getManifest());
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MAIN_CLASS, attributes.getValue("Start-Class"));
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", classPath(source)));
        attributes.keySet().removeIf(name -> name.toString().startsWith("Spring-Boot-C"));
        attributes.keySet().removeIf(name -> name.toString().startsWith("Spring-Boot-L"));
        return manifest;
    }

    /** Its order counts: what comes first is found first. */
    private static List<String> classPath(JarFile source) throws IOException {
        var libraries = new ArrayList<String>();
        JarEntry index = source.getJarEntry("BOOT-INF/classpath.idx");
        if (index == null) {
            throw new IOException("it is no Spring Boot jar");
        }
        try (var in = source.getInputStream(index)) {
            for (String line : new String(in.readAllBytes()).lines().toList()) {
                libraries.add(
                        line.replaceAll("^- \"" + LIBRARIES + "|\"$", "lib/")
                                .replaceFirst("lib/$", ""));
            }
        }
        return libraries;
    }
}
