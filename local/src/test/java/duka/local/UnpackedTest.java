package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {

    @TempDir Path folder;

    @Test
    void the_jar_names_its_start_class_and_libraries() throws IOException {
        Unpacked unpacked = Unpacked.of(bootJar("1"), run());

        try (var jar = new JarFile(unpacked.jar().toFile())) {
            var attributes = jar.getManifest().getMainAttributes();
            assertThat(attributes.getValue("Main-Class")).isEqualTo("duka.Sample");
            assertThat(attributes.getValue("Class-Path")).isEqualTo("lib/b.jar lib/a.jar");
            assertThat(jar.getEntry("application.yml")).isNotNull();
        }
        assertThat(unpacked.jar().resolveSibling("lib/a.jar")).hasContent("1");
        assertThat(unpacked.cache().isThere()).isFalse();
    }

    @Test
    void the_same_content_is_unpacked_once_and_other_content_replaces_it() throws IOException {
        Path first = Unpacked.of(bootJar("1"), run()).jar();

        assertThat(Unpacked.of(bootJar("1"), run()).jar()).isEqualTo(first);
        assertThat(Unpacked.of(bootJar("2"), run()).jar()).isNotEqualTo(first);
        assertThat(first).doesNotExist();
    }

    private Path run() throws IOException {
        return Files.createDirectories(folder.resolve("run"));
    }

    private Path bootJar(String library) throws IOException {
        Path jar = folder.resolve("sample-1.0.0-SNAPSHOT.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(
                    zip,
                    "META-INF/MANIFEST.MF",
                    """
                    Manifest-Version: 1.0
                    Main-Class: org.springframework.boot.loader.launch.JarLauncher
                    Start-Class: duka.Sample
                    """);
            add(
                    zip,
                    "BOOT-INF/classpath.idx",
                    """
                    - "BOOT-INF/lib/b.jar"
                    - "BOOT-INF/lib/a.jar"
                    """);
            add(zip, "BOOT-INF/classes/application.yml", "server.port: 1");
            add(zip, "BOOT-INF/lib/a.jar", library);
            add(zip, "BOOT-INF/lib/b.jar", library);
        }
        return jar;
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
