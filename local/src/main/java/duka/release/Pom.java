package duka.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a program's version stands: in its own POM, and in the root's if others compile against it.
 */
record Pom(Path root, String program) {

    String version() {
        var version = ofItself().matcher(read(own()));
        if (!version.find()) {
            throw new Refused("There is no version of %s in %s.".formatted(program, own()));
        }
        return version.group(2);
    }

    void version(String next) {
        change(own(), ofItself(), next);
        change(shared(), ofOthers(), next);
    }

    List<Path> files() {
        return Stream.of(own(), shared()).toList();
    }

    private Path own() {
        return root.resolve(program).resolve("pom.xml");
    }

    private Path shared() {
        return root.resolve("pom.xml");
    }

    private Pattern ofItself() {
        return Pattern.compile(
                "(<artifactId>%s</artifactId>\\s*<version>)([^<]+)".formatted(program));
    }

    private Pattern ofOthers() {
        return Pattern.compile("(<%s\\.version>)([^<]+)".formatted(program));
    }

    private static void change(Path file, Pattern place, String version) {
        try {
            Files.writeString(
                    file,
                    place.matcher(read(file))
                            .replaceFirst("$1" + Matcher.quoteReplacement(version)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
