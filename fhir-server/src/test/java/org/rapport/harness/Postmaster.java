package org.rapport.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The PostgreSQL process of a data folder, if one runs.
 *
 * @param process its first process
 */
record Postmaster(Optional<ProcessHandle> process) {

    static Postmaster of(Path dataFolder) {
        return new Postmaster(pid(dataFolder.resolve("postmaster.pid"))
                .flatMap(ProcessHandle::of)
                .filter(handle -> handle.info().command().orElse("").contains("postgres")));
    }

    /** Kills it and its workers without a word, and waits until all are gone. */
    void kill() {
        process.ifPresent(first -> {
            var all = Stream.concat(Stream.of(first), first.descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        });
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Files.readAllLines(file).stream().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
