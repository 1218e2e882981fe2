package org.rapport.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.virtualauthenticator.HasVirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/**
 * A headless Chromium with a profile of its own, for one test.
 *
 * <p>Where the browser is not installed the test is skipped and says so.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String DRIVER = "chromedriver";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private final Path profile;

    private Chromium(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Starts one; skips the test when there is none. */
    public static Chromium start() {
        var browser = BROWSERS.stream()
                .map(Chromium::installed)
                .flatMap(Optional::stream)
                .findFirst();
        var driver = installed(DRIVER);
        if (browser.isEmpty() || driver.isEmpty()) {
            var lack = "SKIPPED: no Chromium here; install it: apt-get install chromium chromium-driver";
            System.err.println(lack);
            Assumptions.abort(lack);
        }
        var profile = newProfile();
        var options = new ChromeOptions()
                .setBinary(browser.orElseThrow().toFile())
                .addArguments(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--lang=en",
                        "--user-data-dir=" + profile);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        var chrome = new ChromeDriver(service, options);
        chrome.manage().timeouts().implicitlyWait(PATIENCE).pageLoadTimeout(PATIENCE);
        return new Chromium(chrome, profile);
    }

    /** The browser itself. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page. */
    public void open(String url) {
        driver.get(url);
    }

    /** Types into the field with this name. */
    public Chromium type(String field, String text) {
        var input = find(By.name(field));
        input.clear();
        input.sendKeys(text);
        return this;
    }

    /** Presses the first button of which the text is this. */
    public void press(String button) {
        find(By.xpath("//button[normalize-space()='" + button + "']")).click();
    }

    /** Presses a button that leads to another page, and waits for that page: to open one before would break it off. */
    public void send(String button) {
        send(By.xpath("//button[normalize-space()='" + button + "']"));
    }

    /** The same for the first button found so. */
    public void send(By button) {
        driver.executeScript("window.left = false");
        find(button).click();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> Boolean.TRUE.equals(driver.executeScript(
                        "return window.left === undefined && document.readyState === 'complete'")));
    }

    /** Follows the first link of which the text is this. */
    public void follow(String link) {
        find(By.xpath("//a[normalize-space()='" + link + "']")).click();
    }

    private WebElement find(By what) {
        try {
            return driver.findElement(what);
        } catch (NoSuchElementException e) {
            throw new AssertionError(what + " is not on the page " + path() + ", which shows:\n" + text(), e);
        }
    }

    /** What a reader sees. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** The path of the page that is open. */
    public String path() {
        return java.net.URI.create(driver.getCurrentUrl()).getPath();
    }

    /** Gives the browser a device that holds passkeys and whose owner always agrees. */
    public VirtualAuthenticator withAuthenticator() {
        return ((HasVirtualAuthenticator) driver)
                .addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                        .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                        .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                        .setHasResidentKey(true)
                        .setHasUserVerification(true)
                        .setIsUserVerified(true));
    }

    @Override
    public void close() {
        driver.quit();
        try (var files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> installed(String program) {
        return Stream.of("/usr/bin", "/usr/local/bin", "/snap/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path newProfile() {
        try {
            return Files.createTempDirectory("rapport-chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
