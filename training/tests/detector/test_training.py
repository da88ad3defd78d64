import numpy as np
import pytest
import torch

from made_up import face_row, write_work
from vitrine.detector import geometry
from vitrine.detector.cli import DEFAULT, read_config
from vitrine.detector.compose import Composer
from vitrine.detector.degrade import Degrader
from vitrine.detector.export import describe, export, working_point_of
from vitrine.detector.network import Contract, FaceDetector, Width
from vitrine.detector.codec import output_names
from vitrine.detector.train import Pictures, Settings, Training, load_student
from vitrine.detector.state import Schedule, save
from vitrine.detector.yunet import YuNet

SMALL = dict(stem=4, quarter=8, eighth=16, sixteenth=16, half_32=16, neck=16, units_8=1, units_16=1, units_32=1)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return write_work(tmp_path_factory.mktemp("work"))


def settings(**changes) -> Settings:
    return Settings(**{**dict(seed=3, size=96, batch=4, steps=60, warm_up=5, rate=0.01, width=SMALL), **changes})


def make(work, **changes) -> Training:
    s = settings(**changes)
    return Training(s, Pictures(work, s))


def test_the_loss_falls(work):
    training = make(work)
    totals = [sum(training.take_step().values()) for _ in range(60)]
    assert np.mean(totals[-10:]) < 0.75 * np.mean(totals[:5])


def test_resuming_gives_the_same_weights_as_going_on(work, tmp_path):
    straight = make(work)
    for _ in range(4):
        straight.take_step()
    first = make(work)
    for _ in range(2):
        first.take_step()
    save(tmp_path / "checkpoint.pt", first.state())
    second = make(work)
    second.resume(torch.load(tmp_path / "checkpoint.pt"))
    for _ in range(2):
        second.take_step()
    for name, value in straight.average.values.items():
        torch.testing.assert_close(second.average.values[name], value, rtol=1e-5, atol=1e-6)
    assert load_student(tmp_path / "checkpoint.pt").width == Width(**SMALL)


def test_the_same_number_gives_the_same_picture_and_another_number_another(work):
    composer, degrade = Composer(work, 96, 3), Degrader(3, 96)

    def picture(number):
        return degrade(np.random.default_rng(number), *composer.compose(number))[0]

    assert np.array_equal(picture(5), picture(5))
    assert not np.array_equal(picture(5), picture(6))
    assert picture(5).shape == (96, 96, 3)


def test_a_repetition_is_the_mirror_image_made_worse_in_another_way(work):
    pictures = Pictures(work, settings(), block=2)
    first, _, again = pictures.batch(0), pictures.batch(1), pictures.batch(2)
    assert np.array_equal(again.clean, first.clean[:, :, ::-1])
    assert not np.array_equal(again.seen, first.seen[:, :, ::-1])
    alone = Pictures(work, settings(), block=2).batch(2)  # as after resuming
    assert np.array_equal(alone.seen, again.seen)


def test_validation_scenes_are_never_composed(work):
    composer = Composer(work, 96, 3)
    used = {*composer.with_faces, *composer.without}
    assert all(composer.scenes.items[i]["part"] == "train" for i in used)
    assert len(used) == 5


def test_export_gives_the_same_numbers_at_other_sizes_and_keeps_the_contract(tmp_path):
    torch.manual_seed(0)
    network = FaceDetector(Width(**SMALL)).eval()
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2)
    path = tmp_path / "detector.onnx"
    size = export(network, path, describe("1.2.3", 0.5))
    assert size == path.stat().st_size < 1_000_000
    file = YuNet(path)
    assert file.graph.outputs == output_names()
    assert working_point_of(file.graph.metadata) == 0.5
    for height, width in ((64, 96), (160, 32)):
        picture = torch.rand(1, 3, height, width) * 255
        with torch.no_grad():
            expected = Contract(network)(picture)
        got = file.raw(picture)
        for name, value in zip(output_names(), expected):
            torch.testing.assert_close(got[name], value, rtol=1e-3, atol=1e-4)
    assert file.detect(np.zeros((1, 50, 70, 3), np.uint8))[0].shape[1] == 15


def test_a_run_begins_with_an_exported_file_and_a_new_landmark_branch_changes_nothing_at_first(work, tmp_path):
    first = make(work, steps=4, hint_layers=())
    for _ in range(4):
        first.take_step()
    older = load_student_of(first, tmp_path)
    export(older, tmp_path / "older.onnx", describe("1.0.0", 0.5))
    training = make(work, width={**SMALL, "landmark": 8})
    training.begin_with(tmp_path / "older.onnx", training.pictures)
    newer = load_student_of(training, tmp_path)
    picture = torch.rand(1, 3, 64, 96) * 255
    with torch.no_grad():
        for before, after in zip(older(picture), newer(picture)):
            torch.testing.assert_close(after, before, rtol=1e-3, atol=1e-3)
    training.take_step()
    training.take_step()
    assert training.network.landmarks[0][-1].weight.abs().sum() > 0
    with pytest.raises(SystemExit, match="widths"):
        make(work, width={**SMALL, "neck": 32}).begin_with(tmp_path / "older.onnx", training.pictures)


def load_student_of(training: Training, folder) -> FaceDetector:
    save(folder / "checkpoint.pt", training.state())
    return load_student(folder / "checkpoint.pt")


def test_mirror_twice_is_nothing_and_the_eyes_stay_on_their_sides():
    faces = np.array([face_row(10, 20, 30, 40)], np.float32)
    once = geometry.mirror(faces, 100)
    assert once[0, 4] < once[0, 6]  # the right eye stays left in the picture
    np.testing.assert_allclose(geometry.mirror(once, 100), faces, atol=1e-4)


def test_a_turn_moves_points_and_pixels_alike():
    turn = geometry.Turn(2.0, 0.4, (10, 20), (50, 60))
    there = turn.points(np.array([[13.0, 25.0]]))[0]
    a, b, c, d, e, f = turn.backward()
    back = np.array([a * there[0] + b * there[1] + c, d * there[0] + e * there[1] + f])
    np.testing.assert_allclose(back, [13, 25], atol=1e-5)


def test_the_rate_warms_up_and_anneals():
    schedule = Schedule(1.0, steps=1000, warm_up=100)
    rates = [schedule.rate(s, schedule.progress(s, 0)) for s in (0, 99, 500, 1000)]
    assert rates[0] < 0.02 and rates[1] > 0.9 and 0.4 < rates[2] < 0.6 and rates[3] == pytest.approx(0.01)


@pytest.mark.parametrize("config", sorted(DEFAULT.parent.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_config_is_understood(config):
    values = read_config(config)
    chosen = Settings.of(values["train"])
    assert FaceDetector(Width(**chosen.width)) and len(chosen.hint_layers) in (0, 3)
    with pytest.raises(SystemExit, match="colour"):
        Settings.of({**values["train"], "colour": 1})
