"""The attributes, their classes and levels, the label scales, and how labels lie in arrays."""
from __future__ import annotations

EXPRESSIONS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
GLASSES = ("none", "glasses", "sunglasses")
AGES = 101

# The five grades of facial hair in both label scales; a face is graded by how many of the limits it passes.
HAIR_LEVELS = (0.0, 0.1, 0.4, 0.6, 0.9)
HAIR_LIMITS = (0.05, 0.25, 0.5, 0.75)
# A smile is graded the same way. FFHQ's labels are continuous, the annotation's are quarters.
SMILE_LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
SMILE_LIMITS = (0.02, 0.12, 0.38, 0.62, 0.88, 0.985)

GRADED = ("smile", "beard", "moustache", "sideburns")
BINARY = ("gender", "eye_makeup", "lip_makeup")
ATTRIBUTES = ("age", "gender", "smile", "expression", "glasses", "eye_makeup", "lip_makeup", "beard", "moustache",
              "sideburns")

# Label scales ("where the label comes from"). Every head has a small mapping per scale, see heads.py.
SCALES = ("ffhq", "annotated", "celeba", "utkface", "fer2013")

CELEBA = ("5_o_Clock_Shadow", "Arched_Eyebrows", "Attractive", "Bags_Under_Eyes", "Bald", "Bangs", "Big_Lips",
          "Big_Nose", "Black_Hair", "Blond_Hair", "Blurry", "Brown_Hair", "Bushy_Eyebrows", "Chubby", "Double_Chin",
          "Eyeglasses", "Goatee", "Gray_Hair", "Heavy_Makeup", "High_Cheekbones", "Male", "Mouth_Slightly_Open",
          "Mustache", "Narrow_Eyes", "No_Beard", "Oval_Face", "Pale_Skin", "Pointy_Nose", "Receding_Hairline",
          "Rosy_Cheeks", "Sideburns", "Smiling", "Straight_Hair", "Wavy_Hair", "Wearing_Earrings", "Wearing_Hat",
          "Wearing_Lipstick", "Wearing_Necklace", "Wearing_Necktie", "Young")


def limits(attribute: str) -> tuple[float, ...]:
    """The limits between the grades of a graded attribute."""
    return SMILE_LIMITS if attribute == "smile" else HAIR_LIMITS


def levels(attribute: str) -> tuple[float, ...]:
    """The value of each grade of a graded attribute; one more than its limits."""
    return SMILE_LEVELS if attribute == "smile" else HAIR_LEVELS


def columns() -> list[str]:
    """The columns of the label matrix (float32, NaN = not labelled).

    For every scale `s` that labels it: `s:age` (years), `s:gender` (1 = female), `s:smile` ..., `s:expression:<class>`
    (a distribution), `s:glasses:<class>` (a distribution), `s:eyewear` (1 = glasses or sunglasses, unsorted) and
    CelebA's forty attributes as `celeba:<name>`.
    """
    names = []
    for scale in ("ffhq", "annotated"):
        names += [f"{scale}:{a}" for a in ("age", *BINARY, *GRADED)]
        names += [f"{scale}:expression:{e}" for e in EXPRESSIONS]
        names += [f"{scale}:glasses:{g}" for g in GLASSES]
    names += ["utkface:age", "utkface:gender"]
    names += [f"fer2013:expression:{e}" for e in EXPRESSIONS]
    names += [f"celeba:glasses:{g}" for g in GLASSES] + ["celeba:eyewear"]
    names += [f"celeba:{a}" for a in CELEBA]
    return names


COLUMN = {name: i for i, name in enumerate(columns())}
"""Where each column of the label matrix stands."""
