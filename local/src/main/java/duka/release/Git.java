package duka.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a release needs of git. */
final class Git {

    private final Path root;

    Git(Path root) {
        this.root = root;
    }

    String head() {
        return run("rev-parse", "HEAD").strip();
    }

    boolean isClean() {
        return run("status", "--porcelain").isBlank();
    }

    boolean hasTag(String name) {
        return !run("tag", "--list", name).isBlank();
    }

    void commit(String message, List<Path> paths) {
        var words = new ArrayList<>(List.of("add", "--"));
        paths.forEach(path -> words.add(path.toString()));
        run(words.toArray(String[]::new));
        run("commit", "--quiet", "-m", message);
    }

    void tag(String name, String commit) {
        run("tag", "--annotate", "-m", name, name, commit);
    }

    void removeTag(String name) {
        run("tag", "--delete", name);
    }

    /** Makes these paths, and the branch, what they were at a commit; touches nothing else. */
    void goBack(String commit, List<Path> paths) {
        run("reset", "--quiet", "--soft", commit);
        run("reset", "--quiet");
        for (Path path : paths) {
            if (isKnown(path)) {
                run("checkout", "--quiet", "--", path.toString());
            } else {
                run("clean", "--quiet", "--force", "-d", "--", path.toString());
            }
        }
    }

    private boolean isKnown(Path path) {
        return !run("ls-files", "--", path.toString()).isBlank();
    }

    private String run(String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(root.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Refused("git %s failed: %s".formatted(words[0], output.strip()));
            }
            return output;
        } catch (IOException e) {
            throw new Refused("git cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("git was interrupted.", e);
        }
    }
}
