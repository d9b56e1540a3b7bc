package dev.yardmaster.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeTypesTest {

    /** The library's own module, set up in the library's own way. */
    private final JsonMapper plain = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    static Stream<Object> values() {
        var day = LocalDate.of(2026, 11, 28);
        var noon = LocalTime.of(12, 0, 1);
        return Stream.of(
                Instant.parse("2026-11-28T12:00:00.123456789Z"),
                Duration.ofMillis(61_500),
                Period.ofMonths(14),
                day,
                noon,
                day.atTime(noon),
                LocalDateTime.MIN,
                day.atTime(noon).atOffset(ZoneOffset.UTC),
                OffsetDateTime.of(day, noon, ZoneOffset.ofHours(2)),
                OffsetTime.of(noon, ZoneOffset.ofHours(-3)),
                ZonedDateTime.of(day, noon, ZoneId.of("Europe/Paris")),
                Year.of(2026),
                YearMonth.of(2026, 11),
                MonthDay.of(11, 28),
                ZoneId.of("Europe/Paris"),
                ZoneOffset.ofHours(5),
                DayOfWeek.SATURDAY,
                Month.NOVEMBER);
    }

    @ParameterizedTest
    @MethodSource("values")
    void are_written_and_read_as_the_library_does(Object value) throws Exception {
        Json json = Json.of(value);
        assertThat(json.text()).isEqualTo(plain.writeValueAsString(value));
        assertThat((Object) Json.parse(json.text()).as(type(value)))
                .isEqualTo(plain.readValue(json.text(), type(value)));
    }

    /** A run that is gone on with has the values that it had. */
    @ParameterizedTest
    @MethodSource("values")
    void come_back_as_they_were(Object value) {
        assertThat((Object) Json.parse(Json.of(value).text()).as(type(value))).isEqualTo(value);
    }

    /** Keys are sorted, so only what has an order can be one. */
    static Stream<Object> keys() {
        return values().filter(value -> value instanceof Comparable<?>);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void are_keys_as_the_library_has_them(Object value) throws Exception {
        var map = plain.getTypeFactory().constructMapType(Map.class, type(value), Integer.class);
        Json json = Json.of(Map.of(value, 1));
        assertThat(json.text()).isEqualTo(plain.writeValueAsString(Map.of(value, 1)));
        Object read = Json.parse(json.text()).as(map);
        assertThat(read).isEqualTo(plain.readValue(json.text(), map));
    }

    record Appointment(Instant at, Optional<Duration> takes, Month month) {}

    @Test
    void are_found_within_records() {
        var appointment = new Appointment(Instant.EPOCH, Optional.of(Duration.ofMinutes(5)), Month.MAY);
        assertThat(Json.parse(Json.of(appointment).text()).as(Appointment.class))
                .isEqualTo(appointment);
    }

    private static Class<?> type(Object value) {
        return switch (value) {
            case ZoneOffset offset -> ZoneOffset.class;
            case ZoneId zone -> ZoneId.class;
            default -> value.getClass();
        };
    }
}
