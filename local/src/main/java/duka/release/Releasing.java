package duka.release;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The local half of a release: version, changelog, recorded contract, commits and tags. All that
 * can be wrong is looked at before the first change, and whatever fails later is taken back.
 */
public final class Releasing {

    private final Path root;
    private final Contracts contracts;
    private final Git git;
    private final Checks checks;
    private final Clock clock;
    private final PrintStream out;

    public static Releasing in(Path root, PrintStream out) {
        return new Releasing(root, Checks.byMaven(root), Clock.systemUTC(), out);
    }

    Releasing(Path root, Checks checks, Clock clock, PrintStream out) {
        this.root = root;
        this.contracts = new Contracts(root);
        this.git = new Git(root);
        this.checks = checks;
        this.clock = clock;
        this.out = out;
    }

    /**
     * @param words programs, each followed by its version
     */
    public void release(List<String> words) {
        var wanted = wanted(words);
        if (!git.isClean()) {
            throw new Refused("There are changes that are not committed; commit them first.");
        }
        wanted.forEach(this::mustBeNext);
        checks.pass(wanted.keySet());
        String from = git.head();
        var touched = touchedBy(wanted);
        var tags = new ArrayList<String>();
        try {
            wanted.forEach((program, version) -> change(program, version, from));
            git.commit(message("Release", wanted), touched);
            String released = git.head();
            wanted.forEach(
                    (program, version) -> new Pom(root, program).version(version.snapshotAfter()));
            git.commit(message("Go on after", wanted), touched);
            for (String tag : tags(wanted)) {
                git.tag(tag, released);
                tags.add(tag);
            }
        } catch (RuntimeException e) {
            tags.forEach(git::removeTag);
            git.goBack(from, touched);
            throw e;
        }
        out.printf(
                "Released %s. To publish it: git push --atomic origin HEAD %s%n",
                String.join(", ", tags), String.join(" ", tags));
    }

    private Map<String, Version> wanted(List<String> words) {
        var wanted = new LinkedHashMap<String, Version>();
        var programs = contracts.programs();
        for (int i = 0; i < words.size(); i += 2) {
            String program = words.get(i);
            if (!programs.contains(program)) {
                throw new Refused(
                        "There is no program \"%s\" to release; there are %s."
                                .formatted(program, String.join(", ", programs)));
            }
            if (i + 1 == words.size()) {
                throw new Refused("Which version of %s? Say it behind.".formatted(program));
            }
            wanted.put(program, Version.of(words.get(i + 1)));
        }
        if (wanted.isEmpty()) {
            throw new Refused("Release which program, as which version?");
        }
        return wanted;
    }

    private void mustBeNext(String program, Version version) {
        contracts
                .newest(program)
                .filter(last -> last.version().compareTo(version) >= 0)
                .ifPresent(
                        last -> {
                            throw new Refused("%s is out already.".formatted(last));
                        });
        if (git.hasTag(tag(program, version))) {
            throw new Refused("There is a tag %s already.".formatted(tag(program, version)));
        }
        String now = new Pom(root, program).version();
        if (!now.endsWith("-SNAPSHOT")) {
            throw new Refused(
                    "%s is %s now, no SNAPSHOT: a release was not finished."
                            .formatted(program, now));
        }
        if (!changelog(program).hasNews()) {
            throw new Refused(
                    "%s says nothing under \"Unreleased\": what has changed?"
                            .formatted(root.relativize(contracts.changelog(program))));
        }
    }

    private List<Path> touchedBy(Map<String, Version> wanted) {
        return wanted.entrySet().stream()
                .flatMap(
                        each ->
                                Stream.of(
                                                new Pom(root, each.getKey()).files(),
                                                List.of(
                                                        contracts.changelog(each.getKey()),
                                                        contracts.folder(
                                                                each.getKey(), each.getValue())))
                                        .flatMap(List::stream))
                .distinct()
                .toList();
    }

    private void change(String program, Version version, String from) {
        var today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        new Pom(root, program).version(version.toString());
        try {
            Files.writeString(
                    contracts.changelog(program),
                    changelog(program).release(version, today).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        contracts.record(program, version, from, today);
    }

    private Changelog changelog(String program) {
        try {
            return new Changelog(Files.readString(contracts.changelog(program)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String message(String what, Map<String, Version> wanted) {
        var all =
                wanted.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList();
        return all.size() == 1
                ? "%s %s".formatted(what, all.getFirst())
                : "%s %s and %d more%n%n%s"
                        .formatted(what, all.getFirst(), all.size() - 1, String.join("\n", all));
    }

    private static List<String> tags(Map<String, Version> wanted) {
        return wanted.entrySet().stream().map(each -> tag(each.getKey(), each.getValue())).toList();
    }

    private static String tag(String program, Version version) {
        return program + "-" + version;
    }
}
