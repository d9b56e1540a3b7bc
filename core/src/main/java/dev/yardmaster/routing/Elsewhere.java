package dev.yardmaster.routing;

import dev.yardmaster.event.Json;
import java.util.List;

/**
 * What most teams have nobody for: texts about everyday life. A task that is nearer to one of these than to any specialist
 * is about something else than what anybody here does. They come with the program, so that the measure is the same for a
 * team of ten and of four hundred; whoever has a specialist for such tasks is nearer to them than these texts are.
 */
final class Elsewhere {

    private static final List<String> TEXTS = List.of(
            "Cooking, recipes, baking and what to eat",
            "Restaurants, groceries, food and drink",
            "Flights, hotels, trains and holidays abroad",
            "Sightseeing, museums, beaches and cities of the world",
            "Cleaning, laundry and keeping a household",
            "Furniture, decorating and moving to a new home",
            "Repairing taps, roofs, walls and other things of a house",
            "Gardening, plants, lawns and trees",
            "Dogs, cats, birds and other animals",
            "Cars, bicycles, driving and traffic",
            "Illness, pain, doctors and medicine",
            "Diet, sleep, fitness and losing weight",
            "Hair, skin, clothes and fashion",
            "Birthdays, weddings, funerals and other family feasts",
            "Children, babies, school and bringing them up",
            "Love, friends, neighbours and getting along with people",
            "Taxes, banks, loans, insurance and savings",
            "Rent, landlords, contracts and the law",
            "Passports, visas, elections and public offices",
            "Jobs, salaries, bosses and applying for work",
            "Football, tennis, races and who won",
            "Music, songs and playing an instrument",
            "Films, novels, theatre and television",
            "Poems, speeches, jokes and bedtime stories",
            "Drawing, knitting, sewing and other handicrafts",
            "Games, chess, cards and puzzles",
            "Learning foreign languages and translating letters",
            "The weather, rain, snow and the seasons",
            "Capitals, countries, rivers and mountains",
            "Wars, kings and what happened in history",
            "Stars, physics, chemistry and how nature works",
            "God, religion and the meaning of life",
            "Presents, shopping and what things cost in shops",
            "Phones, washing machines and other appliances at home",
            "Measures, miles, kilograms and converting them",
            "Calling, meeting and inviting somebody");

    private final float[][] vectors;

    private Elsewhere(float[][] vectors) {
        this.vectors = vectors;
    }

    static Elsewhere of(Embedder embedder, VectorCache cache) {
        String key = Json.of(List.of("elsewhere", embedder.name(), TEXTS)).sha256();
        float[][] vectors = cache.find(key)
                .filter(found -> found.length == TEXTS.size())
                .orElseGet(() -> {
                    float[][] made = TEXTS.stream().map(embedder::embed).toArray(float[][]::new);
                    cache.put(key, made);
                    return made;
                });
        return new Elsewhere(vectors);
    }

    /** How near a task is to the nearest of them: a cosine, 0 or more. */
    double nearness(float[] task) {
        double nearest = 0;
        for (float[] vector : vectors) {
            nearest = Math.max(nearest, AgentVectors.cosine(task, vector));
        }
        return nearest;
    }
}
